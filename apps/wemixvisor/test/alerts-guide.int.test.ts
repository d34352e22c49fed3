import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../src/alerts/alert.ts';
import { webhookBody } from '../src/alerts/webhook-body.ts';
import { postAlert } from '../src/alerts/webhook.ts';
import { runHook } from '../src/alerts/exec-hook.ts';
import { alertEvents } from '../src/settings/alert-events.ts';
import { alertOf } from './alert-of.ts';
import { receiver } from './receiver.ts';

const guide = readFileSync(new URL('../../../docs/alerts.md', import.meta.url), 'utf8');
const snippets = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}(?: [^\n]*)?\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code]) => code ?? '',
  );
const endless = () => new AbortController().signal;

describe('the guide to alerts', () => {
  it('lists every event', () => {
    const listed = [...guide.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, event]) => event);
    expect(listed).toEqual([...alertEvents]);
  });

  it('shows the bodies as they are', () => {
    const bodies = snippets('json').map((code) => JSON.parse(code) as unknown);
    const sent = (['json', 'slack', 'discord'] as const).map(
      (format) => JSON.parse(webhookBody(alertOf(), format)) as unknown,
    );
    expect(bodies).toEqual(sent);
  });

  it('shows how to verify a signature', async () => {
    await using folder = await temporaryDirectory();
    const { received, url } = await receiver();
    const secretFile = join(folder.path, 'secret');
    writeFileSync(secretFile, 'correct horse\n', { mode: 0o600 });
    const verifier = join(folder.path, 'verify.mjs');
    writeFileSync(verifier, snippets('js')[0] ?? '');
    await postAlert(alertOf({ summary: 'ünïcode' }), {
      ...{ url: new URL(url), format: 'json', secretFile, signal: endless() },
    });
    const { headers = {}, body = '' } = received[0] ?? {};
    const timestamp = String(headers['x-wemixvisor-timestamp']);
    const verify = (input: string, time = timestamp) =>
      spawnSync(
        process.execPath,
        [verifier, time, String(headers['x-wemixvisor-signature']), secretFile],
        { input, env: {} },
      ).status;
    expect(verify(body)).toBe(0);
    expect(verify(`${body} `)).toBe(1);
    expect(verify(body, String(Number(timestamp) - 10_000))).toBe(1);
  });

  it('shows a program that works', async () => {
    await using folder = await temporaryDirectory();
    const logger = join(folder.path, 'logger');
    writeFileSync(logger, '#!/bin/sh\nprintf "%s\\n" "$@" > said\n', { mode: 0o755 });
    const file = join(folder.path, 'page-me');
    writeFileSync(file, snippets('sh')[0] ?? '', { mode: 0o755 });
    const alert: Alert = alertOf();
    const env = { PATH: `${folder.path}:/usr/bin:/bin` };
    const options = { file, args: [], timeoutMs: 20_000, env, cwd: folder.path };
    expect(await runHook(alert, { ...options, signal: endless() })).toEqual({ delivered: true });
    expect(readFileSync(join(folder.path, 'said'), 'utf8')).toContain(
      `raised crash: ${alert.summary}`,
    );
  });
});
