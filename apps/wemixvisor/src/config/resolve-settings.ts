import { as } from 'typanion';
import { usageError } from '../app-error.ts';
import { settingNames, settings, type SettingName, type Settings } from './settings.ts';

/** Where a value came from, in the order of precedence. */
export type Origin =
  | { readonly from: 'option' | 'environment' | 'file'; readonly name: string }
  | { readonly from: 'default' };

/** What was typed for some of the settings, as it was typed. */
export type TypedOptions = Readonly<Partial<Record<SettingName, unknown>>>;

/** What a configuration file says. */
export interface ConfigFile {
  /** By key, as in `health.min_peers`. */
  readonly values: ReadonlyMap<string, unknown>;
  /** How an error names the place of a key: file and line. */
  readonly placeOf: (key: string) => string;
}

/** Values as they were found: text, or what TOML had. */
export interface SettingSources {
  readonly options: TypedOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file?: ConfigFile | undefined;
}

/** The effective settings and where each came from. */
export interface ResolvedSettings {
  readonly settings: Settings;
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

/**
 * Finds the effective value of every setting: option > environment > config.toml > default.
 *
 * @throws AppError with exit code 64 for a value of the wrong form, naming where it stands.
 */
export function resolveSettings(sources: SettingSources): ResolvedSettings {
  const found = settingNames.map((name) => [name, resolveOne(name, sources)] as const);
  return {
    settings: Object.fromEntries(found.map(([name, { value }]) => [name, value])) as Settings,
    origins: Object.fromEntries(found.map(([name, { origin }]) => [name, origin])) as Record<
      SettingName,
      Origin
    >,
  };
}

function resolveOne(name: SettingName, sources: SettingSources) {
  const { key, option, environment, fallback } = settings[name];
  const typed = sources.options[name];
  if (typed !== undefined && option !== null) {
    return { value: checked(name, typed, option), origin: { from: 'option', name: option } };
  }
  const variable = environment.find((candidate) => (sources.environment[candidate] ?? '') !== '');
  if (variable !== undefined) {
    const said = sources.environment[variable];
    const value = checked(name, name === 'env' ? said?.split(',') : said, variable);
    return { value, origin: { from: 'environment', name: variable } };
  }
  if (sources.file?.values.has(key) === true) {
    const place = sources.file.placeOf(key);
    return {
      value: checked(name, sources.file.values.get(key), place),
      origin: { from: 'file', name: place },
    };
  }
  return { value: fallback, origin: { from: 'default' } };
}

function checked(name: SettingName, said: unknown, place: string): unknown {
  const { kind, secret } = settings[name];
  const { value, errors } = as(said, kind.schema, { coerce: true, errors: true });
  if (errors === undefined) return value;
  const shown = secret ? 'its value' : JSON.stringify(said);
  throw usageError(`${place}: ${shown} is not ${kind.expected}`);
}
