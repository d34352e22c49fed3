import { resolveSettings, type StartSources } from './resolve-settings.ts';
import { readSettingsFile } from './settings-file.ts';
import type { Settings } from './settings.ts';

/**
 * Reads the configuration again, as the last start read it: its options and variables beat the file,
 * which is the `standard` one where no other was named.
 *
 * @throws AppError with exit code 64 where the configuration is wrong.
 */
export function rereadSettings(
  { options, environment, config }: StartSources,
  { standard, uid }: { readonly standard: string; readonly uid: number },
): Settings {
  const file = readSettingsFile(config ?? standard, { required: config !== null, uid });
  return resolveSettings({ options, environment, file }).settings;
}
