import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { readSettingsFile } from './read-settings.ts';

const me = process.getuid?.() ?? -1;

async function reading(toml: string) {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'config.toml');
  writeFileSync(file, toml, { mode: 0o600 });
  return readSettingsFile(file, { required: true, uid: me });
}

describe('readSettingsFile', () => {
  it('names what is no setting, and the command that lists them', async () => {
    const read = await reading('[health]\nmin_peer = 2\n[nonsense]\n');
    expect(read?.problems.map((line) => line.replace(/^.*config\.toml/, ''))).toEqual([
      ':2: health.min_peer is not a setting: did you mean health.min_peers?',
      ':3: nonsense is not a setting; wemixvisor config show lists them all',
    ]);
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
