import { as } from 'typanion';
import { usageError } from '../app-error.ts';
import { settingNames, settings, type SettingName, type Settings } from './settings.ts';

/** Where a value came from, in the order of precedence; a name of `--min-peers`, `DAEMON_NAME` or `config.toml:7`. */
export type Origin =
  | { readonly from: 'option' | 'environment' | 'file'; readonly name: string }
  | { readonly from: 'default' };

/** What was typed for some of the settings, as it was typed. */
export type TypedOptions = Readonly<Partial<Record<SettingName, unknown>>>;

/** The variables of an environment that are settings, or the place of the configuration. */
export type SettingVariables = Readonly<Record<string, string | undefined>>;

/** What a configuration file says. */
export interface ConfigFile {
  readonly file: string;
  /** By key, as in `health.min_peers`. */
  readonly values: ReadonlyMap<string, unknown>;
  /** The place of a key: file and line. */
  readonly placeOf: (key: string) => string;
  /** What in it is no setting, one line each. */
  readonly problems: readonly string[];
}

/** Values as they were found: text, or what TOML had. */
export interface SettingSources {
  readonly options: TypedOptions;
  readonly environment: SettingVariables;
  readonly file?: ConfigFile | undefined;
}

/** What a start went by; kept, so that a reload reads the same sources again. */
export interface StartSources {
  readonly options: TypedOptions;
  readonly environment: SettingVariables;
  /** The configuration file, absolute, where another than that of the home was named. */
  readonly config: string | null;
}

/** The effective settings and where each came from. */
export interface ResolvedSettings {
  readonly settings: Settings;
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

/** A value as somebody wrote it, and where. */
interface Said {
  readonly value: unknown;
  readonly origin: Exclude<Origin, { from: 'default' }>;
}

/**
 * Finds the effective value of every setting: option > environment > config.toml > default.
 *
 * @throws AppError with exit code 64 for a value of the wrong form or a key that does not exist, naming where it stands.
 */
export function resolveSettings(sources: SettingSources): ResolvedSettings {
  const { problems, ...resolved } = examineSettings(sources);
  const [first, ...others] = problems;
  if (first === undefined) return resolved;
  const more =
    others.length === 0 ? '' : ` (and ${others.length} more: see wemixvisor config check)`;
  throw usageError(`${first}${more}`);
}

/** The same, but all that is wrong is named, and what is wrong counts as not said. */
export function examineSettings(
  sources: SettingSources,
): ResolvedSettings & { readonly problems: readonly string[] } {
  const problems = [...(sources.file?.problems ?? [])];
  const found = settingNames.map((name) => {
    const good = saidOf(name, sources).flatMap((said) => {
      const { value, problem } = checked(name, said);
      if (problem !== undefined) problems.push(problem);
      return problem === undefined ? [{ value, origin: said.origin }] : [];
    });
    return [name, effective(name, good)] as const;
  });
  return {
    settings: Object.fromEntries(found.map(([name, { value }]) => [name, value])) as Settings,
    origins: Object.fromEntries(found.map(([name, { origin }]) => [name, origin])) as Record<
      SettingName,
      Origin
    >,
    problems,
  };
}

/** The variables of an environment that {@link resolveSettings} looks at and that are not empty. */
export function settingVariables(environment: SettingVariables): Record<string, string> {
  const known = settingNames.flatMap((name) => settings[name].environment);
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = environment[name] ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** All that was said for a setting, in the order of precedence. */
function saidOf(name: SettingName, { options, environment, file }: SettingSources): Said[] {
  const { key, option, environment: variables } = settings[name];
  const said: Said[] = [];
  const typed = options[name];
  if (typed !== undefined && option !== null) {
    said.push({ value: typed, origin: { from: 'option', name: option } });
  }
  const variable = variables.find((candidate) => (environment[candidate] ?? '') !== '');
  if (variable !== undefined) {
    const value = environment[variable] ?? '';
    // A comma parts two variables only where another name follows it: a value may hold commas.
    const words = name === 'env' ? value.split(/,(?=[A-Za-z_][A-Za-z0-9_]*=)/) : value;
    said.push({ value: words, origin: { from: 'environment', name: variable } });
  }
  if (file?.values.has(key) === true) {
    said.push({ value: file.values.get(key), origin: { from: 'file', name: file.placeOf(key) } });
  }
  return said;
}

function effective(name: SettingName, said: readonly Said[]): { value: unknown; origin: Origin } {
  const [first] = said;
  if (first === undefined) return { value: settings[name].fallback, origin: { from: 'default' } };
  if (name !== 'env') return first;
  const names = said.map(({ origin }) => origin.name).join(', ');
  const words = said.map(({ value }) => value as readonly string[]);
  return { value: mergedByName(words), origin: { from: first.origin.from, name: names } };
}

/** Variables of several sources in one list; of two with one name, that of the earlier source counts. */
function mergedByName(sources: readonly (readonly string[])[]): readonly string[] {
  const nameOf = (word: string) => word.slice(0, word.indexOf('='));
  const pairs = sources.toReversed().flatMap((words) => words.map((word) => [nameOf(word), word]));
  return Object.values(Object.fromEntries(pairs) as Record<string, string>);
}

const longestQuote = 80;

function checked(name: SettingName, { value: said, origin }: Said) {
  const { kind, secret, key } = settings[name];
  const { value, errors } = as(said, kind.schema, { coerce: true, errors: true });
  if (errors === undefined) return { value: value as unknown, problem: undefined };
  const place = origin.from === 'file' ? `${origin.name}: ${key}` : origin.name;
  return { value: undefined, problem: `${place}: ${quoted(said, secret)} is not ${kind.expected}` };
}

function quoted(said: unknown, secret: boolean): string {
  if (secret) return 'its value';
  const text = JSON.stringify(said, (_, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}
