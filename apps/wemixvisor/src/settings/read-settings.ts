import { resolveSettings, type ResolvedSettings, type StartSources } from './resolve-settings.ts';
import { readSettingsFile } from './settings-file.ts';

/**
 * Reads the configuration: options and variables beat the file, which is the `standard` one where no other is named.
 *
 * @throws AppError with exit code 64 where the configuration is wrong.
 */
export function readSettings(
  { options, environment, config }: StartSources,
  { standard, uid }: { readonly standard: string; readonly uid: number },
): ResolvedSettings {
  const file = readSettingsFile(config ?? standard, { required: config !== null, uid });
  return resolveSettings({ options, environment, file });
}
