import { ConfigError, readConfigFile } from '@wemixvisor/config-file';
import { usageError } from '../app-error.ts';
import { nearestOf } from './nearest.ts';
import type { SettingsFile } from './resolve-settings.ts';
import { settingNames, settings } from './settings.ts';

const keys = settingNames.map((name) => settings[name].key as string);

/**
 * Reads config.toml; undefined where it is missing and not required. Unknown keys are among the returned problems, each
 * with its file, line and the nearest key.
 *
 * @throws AppError with exit code 64 for a file that cannot be read, is not TOML, or could be changed by others.
 */
export function readSettingsFile(
  file: string,
  reading: { readonly required: boolean; readonly uid: number },
): SettingsFile | undefined {
  const content = reportingErrors(() => readConfigFile(file, { keys, ...reading }));
  if (content === undefined) return undefined;
  const { values, unknownKeys, placeOf } = content;
  const problems = unknownKeys.map(
    (key) => `${placeOf(key)}: ${key} is not a setting${nearestKey(key)}`,
  );
  return { values, placeOf, problems };
}

function reportingErrors<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ConfigError ? usageError(error.message, error) : error;
  }
}

function nearestKey(key: string): string {
  const [name = ''] = key.split('.').slice(-1);
  const near = nearestOf(key, keys);
  if (near !== '') return near;
  const namesake = keys.filter((known) => known.endsWith(`.${name}`));
  return namesake.length === 1 && namesake[0] !== undefined
    ? `: did you mean ${namesake[0]}?`
    : '; wemixvisor config show lists them all';
}
