import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { readConfigFile } from './config-file.ts';

async function reading(toml: string) {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'config.toml');
  writeFileSync(file, toml);
  return readConfigFile(file, { required: true });
}

describe('readConfigFile', () => {
  it('gives the values by key', async () => {
    const read = await reading('[restart]\nmax = 3\n[health]\nmin_peers = 2\n');
    expect([...(read?.values ?? [])]).toEqual([
      ['restart.max', 3],
      ['health.min_peers', 2],
    ]);
  });

  it("reads the node's variables as a table", async () => {
    const read = await reading('[node.env]\nGOGC = "50"\nN = 1\n');
    expect(read?.values.get('node.env')).toEqual(['GOGC=50', 'N=1']);
  });

  it.each([
    [
      '[health]\nmin_peer = 2\n',
      ':2: health.min_peer is not a setting; did you mean health.min_peers?',
    ],
    [
      '# first\n\n[restrat]\nmax = 2\n',
      ':4: restrat.max is not a setting; did you mean restart.max?',
    ],
    ['max = 2\n', ':1: max is not a setting'],
    ['[restart]\nmax = \n', ':2:'],
  ])('refuses %j and names the line', async (toml, words) => {
    await expect(reading(toml)).rejects.toMatchObject({
      message: expect.stringContaining(words),
      exitCode: 64,
    });
  });

  it('takes a missing file for an empty one, unless it was asked for', () => {
    expect(readConfigFile('/nowhere/config.toml', { required: false })).toBeUndefined();
    expect(() => readConfigFile('/nowhere/config.toml', { required: true })).toThrow(
      'cannot read the configuration /nowhere/config.toml',
    );
  });

  it('says that a folder is no file', async () => {
    await using folder = await temporaryDirectory();
    mkdirSync(join(folder.path, 'config.toml'));
    chmodSync(join(folder.path, 'config.toml'), 0o700);
    expect(() => readConfigFile(join(folder.path, 'config.toml'), { required: false })).toThrow(
      'cannot read the configuration',
    );
  });
});
