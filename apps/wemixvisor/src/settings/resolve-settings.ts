import { usageError } from '../app-error.ts';
import { declared, type ResolvedSettings } from './settings.ts';

/** Values of settings as they were found: text, or what TOML had. */
export type SettingSources = Parameters<typeof declared.examine>[0];

/** The sources of a start's settings; kept, so that a reload reads them again. */
export interface StartSources extends Pick<SettingSources, 'options' | 'environment'> {
  /** The absolute path of the configuration file; null for config.toml of the home. */
  readonly config: string | null;
}

/** Values of settings as they were typed on the command line. */
export type TypedOptions = StartSources['options'];

/**
 * Finds the effective value of every setting: option > environment > config.toml > default.
 *
 * @throws AppError with exit code 64 for a value of the wrong form or a key that does not exist, naming its place.
 */
export function resolveSettings(sources: SettingSources): ResolvedSettings {
  const { problems, ...resolved } = declared.examine(sources);
  const [first, ...others] = problems;
  if (first === undefined) return resolved;
  const more =
    others.length === 0 ? '' : ` (and ${others.length} more: see wemixvisor config check)`;
  throw usageError(`${first}${more}`);
}
