import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { deriveNodeFacts } from '@wemixvisor/passthrough/geth';
import { freePort, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OwnCause } from '../src/settings/own-causes.ts';
import { homePaths } from '../src/state/home-paths.ts';
import { endClassifier, isCleared, stopPhaseIn } from '../src/state/classify-end.ts';
import { openLogStore } from '@wemixvisor/logs';

type Look = Parameters<typeof endClassifier>[1]['look'];

/** A home whose node wrote these lines in its last run. */
async function home(
  lines: string,
  {
    args = [] as readonly string[],
    before = '',
    own = [] as readonly OwnCause[],
    look = undefined as Look | undefined,
  } = {},
) {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const place = { temporaryDirectory: folder.path, uid: process.getuid?.() ?? -1 };
  const paths = homePaths(join(folder.path, 'home'), place);
  const store = openLogStore({ directory: paths.logs, name: 'node' });
  writeFileSync(store.livePath, before);
  const logMark = store.mark();
  writeFileSync(store.livePath, lines, { flag: 'a' });
  await store.dispose();
  const facts = deriveNodeFacts(['--datadir', folder.path, ...args], {
    ...{ flavour: 'geth', version: '1.16.9', raw: '' },
    ...{ env: {}, cwd: folder.path, platform: 'linux' },
  });
  const classify = endClassifier(paths, { facts: () => facts, own: () => own, look });
  const end = {
    generation: 1,
    code: 1,
    signal: null,
    at: 0,
    seenAt: 0,
    uptimeMs: 5,
    logMark,
    lackOfMemory: null,
  };
  const signal = new AbortController().signal;
  return {
    facts,
    of: (changes = {}) => classify({ ...end, ...changes }, signal),
    phase: () => stopPhaseIn(paths)(logMark),
  };
}

describe('the classification of an end', () => {
  it('is made of what this run wrote, and nothing before it', async () => {
    const fatal = 'Fatal: flag provided but not defined: -metricz';
    const { of } = await home('unrelated\n', {
      before: `flag provided but not defined: -x\n${fatal}`,
    });
    expect(await of()).toEqual({ lastLine: 'unrelated' });
  });

  it('waits for no look that fails or takes long: what the log tells stays true', async () => {
    const line =
      'Fatal: Error starting protocol stack: listen tcp 127.0.0.1:8545: bind: address already in use\n';
    for (const look of [
      () => new Promise<never>(() => {}),
      () => Promise.reject(new Error('lost')),
    ]) {
      const { of } = await home(line, { look });
      expect(await of()).toMatchObject({ diagnosis: { cause: 'port-taken', class: 'short' } });
    }
  });

  it('goes with what the node does before it, by the log of this run alone', async () => {
    const asked = 'INFO [11-28|10:17:49.370] Got interrupt, shutting down...\n';
    const { phase } = await home(
      `${asked}INFO [11-28|10:17:49.406] Writing cached state to disk\n`,
    );
    expect(await phase()).toMatchObject({ what: 'writing cached state', isWriting: true });
    const next = await home('INFO [11-28|10:17:50.000] Starting peer-to-peer node\n', {
      before: asked,
    });
    expect(await next.phase()).toBeNull();
  });

  it('quotes the decisive line, not the last, without the secrets in it', async () => {
    const { of } = await home(
      'flag provided but not defined: -pass\nFor help: https://user:S3cr3t@host/x\n\n',
    );
    const { lastLine, diagnosis } = await of();
    expect(diagnosis).toMatchObject({ cause: 'unknown-flag', class: 'never' });
    expect(diagnosis?.evidence).toContain('-pass');
    expect(lastLine).toMatch(/^For help: /);
    expect(lastLine).not.toContain('S3cr3t');
  });

  it('knows what the operator has configured', async () => {
    const cause = { pattern: '^plugin: licence', cause: 'licence', class: 'never' } as const;
    const own = [{ ...cause, remedy: 'renew it' }];
    const { of } = await home('plugin: licence of https://u:S3cr3t@h expired\n', { own });
    const { diagnosis } = await of();
    expect(diagnosis).toMatchObject({ cause: 'licence', class: 'never', remedy: 'renew it' });
    expect(JSON.stringify(diagnosis)).not.toContain('S3cr3t');
  });

  it('names who has the port, and says when it is free', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { facts, of } = await home(
      `Fatal: Error starting protocol stack: listen tcp 127.0.0.1:${port}: bind: address already in use\n`,
      { args: ['--http', '--http.port', `${port}`] },
    );
    const { diagnosis } = await of();
    expect(diagnosis).toMatchObject({ cause: 'port-taken', class: 'short' });
    expect(diagnosis?.summary).toContain(`${port}`);
    expect(diagnosis?.summary).toContain(`pid ${process.pid}`);
    expect(await isCleared('port-taken', facts)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isCleared('port-taken', facts)).toBe(true);
  });

  it('waits for room well above the limit at which the node stops', async () => {
    const full = await home('', { args: ['--datadir.minfreedisk', '999999999'] });
    expect(await isCleared('low-disk', full.facts)).toBe(false);
    const roomy = await home('', { args: ['--datadir.minfreedisk', '1'] });
    expect(await isCleared('low-disk', roomy.facts)).toBe(true);
  });

  it('waits for nothing of which nothing can be found out', async () => {
    expect(await isCleared('low-disk', null)).toBe(true);
    const { facts } = await home('');
    expect(await isCleared('something-else', facts)).toBe(true);
  });
});
