import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { launchOf } from '../../test/launch-of.ts';
import { noSources, readLastStart, readLaunchFile, writeLaunchFile } from './launch-file.ts';
import { launchToJson } from './launch.ts';

const launch = launchOf();
const sources = {
  options: { minPeers: '2' },
  environment: { DAEMON_NAME: 'geth' },
  config: '/etc/w.toml',
};

async function withFile<T>(work: (file: string) => T): Promise<T> {
  await using folder = await temporaryDirectory();
  return work(join(folder.path, 'launch.json'));
}

describe('launch.json', () => {
  it('is read as it was written, by its owner only', async () => {
    await withFile((file) => {
      writeLaunchFile(file, { launch, next: null, sources, good: null, upgrade: null });
      expect(readLaunchFile(file)).toEqual({
        launch,
        next: null,
        sources,
        good: null,
        upgrade: null,
      });
      expect(readLastStart(file)).toEqual({ launch, ...sources });
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });
  });

  it('keeps the command that runs and the one that a restart asked for, which is the last start', async () => {
    const next = launchOf({ args: ['--http'] });
    await withFile((file) => {
      writeLaunchFile(file, { launch, next, sources, good: null, upgrade: null });
      expect(readLaunchFile(file)).toEqual({ launch, next, sources, good: null, upgrade: null });
      expect(readLastStart(file)).toEqual({ launch: next, ...sources });
    });
  });

  it('keeps what was good, whole, and forgets it where it is damaged', async () => {
    const good = { ...sources, options: { minPeers: '3' }, launch: launchOf({ args: ['--good'] }) };
    await withFile((file) => {
      writeLaunchFile(file, { launch, next: null, sources, good, upgrade: null });
      expect(readLaunchFile(file)).toEqual({ launch, next: null, sources, good, upgrade: null });
      writeFileSync(file, JSON.stringify({ launch: launchToJson(launch), good: { launch: 7 } }));
      expect(readLaunchFile(file)).toMatchObject({ launch, good: null, upgrade: null });
    });
  });

  it.each([
    '',
    'null',
    '{}',
    '{"launch": {"binary": "/usr/bin/geth"',
    JSON.stringify({ launch: { ...launchToJson(launch), args: ['--http', 1] } }),
    JSON.stringify({ launch: { ...launchToJson(launch), env: null } }),
    JSON.stringify({ launch: { ...launchToJson(launch), cwd: undefined } }),
    JSON.stringify({ launch: { ...launchToJson(launch), node: null } }),
  ])('counts as missing when it is %j', async (text) => {
    await withFile((file) => {
      writeFileSync(file, text);
      expect(readLaunchFile(file)).toBeUndefined();
      expect(readLastStart(file)).toBeUndefined();
    });
  });

  it('may be missing', async () => {
    expect(await withFile(readLastStart)).toBeUndefined();
  });

  it('needs no options', async () => {
    await withFile((file) => {
      writeFileSync(file, JSON.stringify({ launch: launchToJson(launch) }));
      expect(readLastStart(file)).toEqual({ launch, ...noSources });
    });
  });
});
