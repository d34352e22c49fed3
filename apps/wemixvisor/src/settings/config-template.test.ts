import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { readSettingsFile } from './read-settings.ts';
import { configTemplate } from './config-template.ts';
import { declared, settingNames, settings } from './settings.ts';

async function examined(toml: string) {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'config.toml');
  writeFileSync(path, toml, { mode: 0o600 });
  const file = readSettingsFile(path, { required: true, uid: process.getuid?.() ?? -1 });
  return declared.examine({ options: {}, environment: {}, file });
}

describe('configTemplate', () => {
  it('is right as it is and sets nothing', async () => {
    const { problems, origins } = await examined(configTemplate());
    expect(problems).toEqual([]);
    for (const name of settingNames) expect(origins[name]).toEqual({ from: 'default' });
  });

  it('is right with every line uncommented, sets everything, and keeps every default', async () => {
    const uncommented = configTemplate().replaceAll(/^#/gm, '');
    const { problems, origins, settings: effective } = await examined(uncommented);
    expect(problems).toEqual([]);
    for (const name of settingNames) {
      const { defaultValue } = settings[name];
      expect(origins[name].from, name).toBe('file');
      const isNothing =
        defaultValue === null || (Array.isArray(defaultValue) && defaultValue.length === 0);
      if (!isNothing) expect(effective[name], name).toEqual(defaultValue);
    }
  });

  it('explains every setting and names its variables', () => {
    for (const name of settingNames) {
      expect(configTemplate()).toContain(settings[name].help);
      for (const variable of settings[name].environment) {
        expect(configTemplate()).toContain(variable);
      }
    }
  });
});
