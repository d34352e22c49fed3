import { ConfigError } from '@wemixvisor/config-file';
import { usageError } from '../app-error.ts';
import { resolveSettings, type SettingSources, type StartSources } from './resolve-settings.ts';
import { declared, type ResolvedSettings } from './settings.ts';

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

/**
 * Reads config.toml; undefined where it is missing and not required.
 *
 * @throws AppError with exit code 64 for a file that cannot be read, is not TOML, or could be changed by others.
 */
export function readSettingsFile(
  file: string,
  reading: { readonly required: boolean; readonly uid: number },
): SettingSources['file'] {
  try {
    return declared.readFile(file, reading);
  } catch (error) {
    throw error instanceof ConfigError ? usageError(error.message, error) : error;
  }
}
