import type { ValueType } from '@wemixvisor/config-file';
import { redactText } from '@wemixvisor/passthrough';
import { usageError } from '../app-error.ts';
import { redacted, withoutSecrets } from './redacted-value.ts';
import { settingNames, settings, type SettingName, type Settings } from './settings.ts';

/** Where a value came from, in the order of precedence; `name` is as in `--min-peers`, `DAEMON_NAME` or `config.toml:7`. */
export type Origin =
  | { readonly from: 'option' | 'environment' | 'file'; readonly name: string }
  | { readonly from: 'default' };

/** Values of settings as they were typed on the command line. */
export type TypedOptions = Readonly<Partial<Record<SettingName, unknown>>>;

/** An environment, of which the variables of settings are read. */
export type SettingVariables = Readonly<Record<string, string | undefined>>;

/** The settings in a configuration file. */
export interface SettingsFile {
  /** By key, as in `health.min_peers`. */
  readonly values: ReadonlyMap<string, unknown>;
  /** The file and line of a key, as in `config.toml:7`. */
  readonly placeOf: (key: string) => string;
  /** One line for each key that is not a setting. */
  readonly problems: readonly string[];
}

/** Values as they were found: text, or what TOML had. */
export interface SettingSources {
  readonly options: TypedOptions;
  readonly environment: SettingVariables;
  readonly file?: SettingsFile | undefined;
}

/** The sources of a start's settings; kept, so that a reload reads them again. */
export interface StartSources {
  readonly options: TypedOptions;
  readonly environment: SettingVariables;
  /** The absolute path of the configuration file; null for config.toml of the home. */
  readonly config: string | null;
}

/** The effective settings and where each came from. */
export interface ResolvedSettings {
  readonly settings: Settings;
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

/** A value as it was found, and where. */
interface FoundValue {
  readonly value: unknown;
  readonly origin: Exclude<Origin, { from: 'default' }>;
}

/**
 * Finds the effective value of every setting: option > environment > config.toml > default.
 *
 * @throws AppError with exit code 64 for a value of the wrong form or a key that does not exist, naming its place.
 */
export function resolveSettings(sources: SettingSources): ResolvedSettings {
  const { problems, ...resolved } = examineSettings(sources);
  const [first, ...others] = problems;
  if (first === undefined) return resolved;
  const more =
    others.length === 0 ? '' : ` (and ${others.length} more: see wemixvisor config check)`;
  throw usageError(`${first}${more}`);
}

/** Resolves the settings as {@link resolveSettings} does, but names all problems and ignores wrong values. */
export function examineSettings(
  sources: SettingSources,
): ResolvedSettings & { readonly problems: readonly string[] } {
  const problems = [...(sources.file?.problems ?? [])];
  const resolved = settingNames.map((name) => {
    const valid = foundValues(name, sources).flatMap((found) => {
      const value = settings[name].type.parse(found.value);
      if (value === undefined) problems.push(describeProblem(name, found));
      return value === undefined ? [] : [{ value, origin: found.origin }];
    });
    return [name, effectiveValue(name, valid)] as const;
  });
  return {
    settings: Object.fromEntries(resolved.map(([name, { value }]) => [name, value])) as Settings,
    origins: Object.fromEntries(resolved.map(([name, { origin }]) => [name, origin])) as Record<
      SettingName,
      Origin
    >,
    problems,
  };
}

/** The variables of an environment that are settings and not empty. */
export function settingVariables(environment: SettingVariables): Record<string, string> {
  const known = settingNames.flatMap((name) => settings[name].environment);
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = environment[name] ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** The values of a setting from all sources, in the order of precedence. */
function foundValues(
  name: SettingName,
  { options, environment, file }: SettingSources,
): FoundValue[] {
  const { key, option, environment: variables } = settings[name];
  const found: FoundValue[] = [];
  const typed = options[name];
  if (typed !== undefined && option !== null) {
    found.push({ value: typed, origin: { from: 'option', name: option } });
  }
  const variable = variables.find((candidate) => (environment[candidate] ?? '') !== '');
  if (variable !== undefined) {
    const text = environment[variable] ?? '';
    // A comma separates two variables only where another name follows it: a value may hold commas.
    const value = name === 'env' ? text.split(/,(?=[A-Za-z_][A-Za-z0-9_]*=)/) : text;
    found.push({ value, origin: { from: 'environment', name: variable } });
  }
  if (file?.values.has(key) === true) {
    found.push({ value: file.values.get(key), origin: { from: 'file', name: file.placeOf(key) } });
  }
  return found;
}

function effectiveValue(
  name: SettingName,
  valid: readonly FoundValue[],
): { readonly value: unknown; readonly origin: Origin } {
  const [first] = valid;
  if (first === undefined) {
    return { value: settings[name].defaultValue, origin: { from: 'default' } };
  }
  if (name !== 'env') return first;
  const names = valid.map(({ origin }) => origin.name).join(', ');
  const lists = valid.map(({ value }) => value as readonly string[]);
  return { value: mergeByName(lists), origin: { from: first.origin.from, name: names } };
}

/** Merges lists of `NAME=value`; where two have the same name, the earlier list wins. */
function mergeByName(lists: readonly (readonly string[])[]): readonly string[] {
  const nameOf = (word: string) => word.slice(0, word.indexOf('='));
  const pairs = lists.toReversed().flatMap((words) => words.map((word) => [nameOf(word), word]));
  return Object.values(Object.fromEntries(pairs) as Record<string, string>);
}

const longestQuote = 80;

function describeProblem(name: SettingName, { value, origin }: FoundValue): string {
  const { type, secret, key } = settings[name];
  const place = origin.from === 'file' ? `${origin.name}: ${key}` : origin.name;
  const why = (type as ValueType<unknown>).why?.(value);
  if (why !== undefined) return `${place}: ${redactText(why)}`;
  const shown = secret ? 'its value' : quoted(withoutSecrets(name, value));
  return `${place}: ${shown} is not ${type.expected}`;
}

function quoted(value: unknown): string {
  const json = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
  // Also the credentials of a URL that lacks its scheme.
  const text = redactText(json).replace(/"[^"\s/]*:[^"\s/]*@/g, `"${redacted}@`);
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}
