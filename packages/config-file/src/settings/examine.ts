import { variables } from '../value-types.ts';
import { redacted, withoutSecrets, type Redact } from './hide-secrets.ts';
import type { AnySettings, Setting } from './setting.ts';

/** Where a value came from, in the order of precedence; `name` is as in `--min-peers`, `APP_MIN_PEERS` or `app.toml:7`. */
export type Origin =
  | { readonly from: 'option' | 'environment' | 'file'; readonly name: string }
  | { readonly from: 'default' };

/** An environment, of which the variables of settings are read. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings in a file. */
export interface SettingsFile {
  /** By key, as in `health.min_peers`. */
  readonly values: ReadonlyMap<string, unknown>;
  /** The file and line of a key, as in `app.toml:7`. */
  readonly placeOf: (key: string) => string;
  /** One line for each key that is not a setting. */
  readonly problems: readonly string[];
}

/** Values as they were found: text, or what TOML had. */
export interface SettingSources<N extends PropertyKey> {
  /** As they were typed, by the names of the settings. */
  readonly options: Readonly<Partial<Record<N, unknown>>>;
  readonly environment: Environment;
  readonly file?: SettingsFile | undefined;
}

/** The effective settings, and where each came from. */
export interface ResolvedSettings<V> {
  readonly settings: V;
  readonly origins: Readonly<Record<keyof V, Origin>>;
}

/** The effective settings, and one line for each value or key that is wrong and was passed over. */
export interface ExaminedSettings<V> extends ResolvedSettings<V> {
  readonly problems: readonly string[];
}

/** A value as it was found, and where. */
interface FoundValue {
  readonly value: unknown;
  readonly origin: Exclude<Origin, { from: 'default' }>;
}

/** Finds the effective value of every setting: option > environment > file > default. */
export function examineSettings(
  table: AnySettings,
  { options, ...sources }: SettingSources<string>,
  redact: Redact,
): ExaminedSettings<Readonly<Record<string, unknown>>> {
  const problems = [...(sources.file?.problems ?? [])];
  const resolved = Object.entries(table).map(([name, setting]) => {
    const valid = foundValues(setting, { ...sources, typed: options[name] }).flatMap((found) => {
      const value = setting.type.parse(found.value);
      if (value === undefined) problems.push(describeProblem(setting, found, redact));
      return value === undefined ? [] : [{ value, origin: found.origin }];
    });
    return [name, effectiveValue(setting, valid)] as const;
  });
  return {
    settings: Object.fromEntries(resolved.map(([name, { value }]) => [name, value])),
    origins: Object.fromEntries(resolved.map(([name, { origin }]) => [name, origin])),
    problems,
  };
}

/** The values of a setting from all sources, in the order of precedence. */
function foundValues(
  { key, option, environment: names, type }: Setting<unknown>,
  {
    typed,
    environment,
    file,
  }: Omit<SettingSources<string>, 'options'> & { readonly typed: unknown },
): FoundValue[] {
  const found: FoundValue[] = [];
  if (typed !== undefined && option !== null) {
    found.push({ value: typed, origin: { from: 'option', name: option } });
  }
  const name = names.find((candidate) => (environment[candidate] ?? '') !== '');
  if (name !== undefined) {
    const text = environment[name] ?? '';
    // A comma separates two variables only where another name follows it: a value may hold commas.
    const value = type === variables ? text.split(/,(?=[A-Za-z_][A-Za-z0-9_]*=)/) : text;
    found.push({ value, origin: { from: 'environment', name } });
  }
  if (file?.values.has(key) === true) {
    found.push({ value: file.values.get(key), origin: { from: 'file', name: file.placeOf(key) } });
  }
  return found;
}

function effectiveValue(
  { type, defaultValue }: Setting<unknown>,
  valid: readonly FoundValue[],
): { readonly value: unknown; readonly origin: Origin } {
  const [first] = valid;
  if (first === undefined) return { value: defaultValue, origin: { from: 'default' } };
  if (type !== variables) return first;
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

function describeProblem(
  setting: Setting<unknown>,
  { value, origin }: FoundValue,
  redact: Redact,
): string {
  const { type, secret, key } = setting;
  const place = origin.from === 'file' ? `${origin.name}: ${key}` : origin.name;
  const why = type.why?.(value);
  if (why !== undefined) return `${place}: ${redact(why)}`;
  const shown = secret ? 'its value' : quoted(withoutSecrets(setting, value, redact), redact);
  return `${place}: ${shown} is not ${type.expected}`;
}

function quoted(value: unknown, redact: Redact): string {
  const json = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
  // Also the credentials of a URL that lacks its scheme.
  const text = redact(json).replace(/"[^"\s/]*:[^"\s/]*@/g, `"${redacted}@`);
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}
