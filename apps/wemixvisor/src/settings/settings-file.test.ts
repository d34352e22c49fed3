import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { readSettingsFile } from './settings-file.ts';

const me = process.getuid?.() ?? -1;

async function reading(toml: string) {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'config.toml');
  writeFileSync(file, toml, { mode: 0o600 });
  return readSettingsFile(file, { required: true, uid: me });
}

describe('readSettingsFile', () => {
  it('gives the values by key', async () => {
    const read = await reading('[restart]\nmax = 3\n[health]\nmin_peers = 2\n');
    expect([...(read?.values ?? [])]).toEqual([
      ['restart.max', 3],
      ['health.min_peers', 2],
    ]);
  });

  it('names all that is no setting, with its line and the nearest key', async () => {
    const read = await reading(`# first
[health]
min_peer = 2
[restrat]
max = 2
[start]
[node.env]
ANY = "thing"
[nonsense]
[stop]
timeout = { a = 1 }
"((" = 1
`);
    expect(read?.problems.map((line) => line.replace(/^.*config\.toml/, ''))).toEqual([
      ':3: health.min_peer is not a setting: did you mean health.min_peers?',
      ':5: restrat.max is not a setting: did you mean restart.max?',
      ':9: nonsense is not a setting; wemixvisor config show lists them all',
      ':12: stop.(( is not a setting; wemixvisor config show lists them all',
    ]);
    expect([...(read?.values.keys() ?? [])]).toEqual(['node.env', 'stop.timeout']);
    expect(read?.placeOf('stop.timeout')).toMatch(/config\.toml:11$/);
  });

  it('finds a key that stands in no table by its last name', async () => {
    const read = await reading('min_peers = 2\n');
    expect(read?.problems[0]).toMatch(/:1: min_peers is .* did you mean health\.min_peers\?$/);
  });

  it('refuses what is not TOML, and names line and column', async () => {
    await expect(reading('[restart]\nmax = \n')).rejects.toMatchObject({
      message: expect.stringMatching(/config\.toml:2:\d+: /),
      exitCode: 64,
    });
  });

  it('takes a missing file for an empty one, unless it was asked for', () => {
    expect(readSettingsFile('/nowhere/config.toml', { required: false, uid: me })).toBeUndefined();
    expect(() => readSettingsFile('/nowhere/config.toml', { required: true, uid: me })).toThrow(
      'cannot read the configuration /nowhere/config.toml',
    );
  });
});
