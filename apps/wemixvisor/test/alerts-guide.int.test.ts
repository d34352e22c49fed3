import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertEvents, createAlerts, type Alerts } from '@wemixvisor/alerts';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { alertEvents as settableEvents } from '../src/settings/alert-events.ts';
import { receiver } from './receiver.ts';

type AlertOptions = Parameters<Alerts['update']>[0];

const guide = readFileSync(new URL('../../../docs/alerts.md', import.meta.url), 'utf8');
const snippets = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}(?: [^\n]*)?\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code]) => code ?? '',
  );
/** Delivers the crash that the guide shows, as these options want it. */
async function deliverCrash(options: AlertOptions, { reason = 'exit code 1', path = '' } = {}) {
  const lifecycle = { state: 'crashed', desired: 'up', reason, startedAt: null } as const;
  const alerts = createAlerts(
    {
      ...options,
      facts: () => ({
        lifecycle: { ...lifecycle, restarts: { crash: 0 }, failures: 1, lastExit: null },
      }),
      node: () => ({
        home: '/home/op/.wemixvisor',
        network: 'wemix-mainnet',
        binary: '/usr/local/bin/gwemix',
        state: 'crashed',
        pid: null,
      }),
      env: { PATH: `${path}:/usr/bin:/bin` },
      ...(path === '' ? {} : { cwd: path }),
    },
    {
      clock: {
        now: () => Date.parse('2026-11-23T12:00:00Z'),
        monotonic: () => 0,
        setTimer: () => () => {},
      },
      newId: () => '5f9a1c1e-0c5c-4a52-9a70-8c8f3a2f3b11',
      hostName: () => 'validator-1',
    },
  );
  await alerts.finish();
  expect(alerts.report().deliveries).toMatchObject([{ outcome: 'delivered' }]);
}

describe('the guide to alerts', () => {
  it('lists every event, and each can be chosen', () => {
    const listed = [...guide.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, event]) => event);
    expect(listed).toEqual([...alertEvents]);
    expect(settableEvents).toEqual(alertEvents);
  });

  it('shows the bodies as they are', async () => {
    const { received, url } = await receiver();
    await using folder = await temporaryDirectory();
    const webhookSecretFile = join(folder.path, 'key');
    writeFileSync(webhookSecretFile, '0123456789abcdef0123456789abcdef\n', { mode: 0o600 });
    const formats = ['json', 'slack', 'discord', 'pagerduty', 'alertmanager'] as const;
    for (const webhookFormat of formats) {
      await deliverCrash({ webhookUrl: url, webhookFormat, webhookSecretFile });
    }
    const bodies = snippets('json').map((code) => JSON.parse(code) as unknown);
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual(bodies);
  });

  it('shows how to verify a signature', async () => {
    await using folder = await temporaryDirectory();
    const { received, url } = await receiver();
    const secretFile = join(folder.path, 'secret');
    writeFileSync(secretFile, 'correct horse\n', { mode: 0o600 });
    const verifier = join(folder.path, 'verify.mjs');
    writeFileSync(verifier, snippets('js')[0] ?? '');
    await deliverCrash({ webhookUrl: url, webhookSecretFile: secretFile }, { reason: 'ünïcode' });
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
    await deliverCrash({ exec: [file] }, { path: folder.path });
    expect(readFileSync(join(folder.path, 'said'), 'utf8')).toContain(
      'raised crash: the node crashed: exit code 1; it is started again (restart 1)',
    );
  });
});
