import { readConfigFile, type ConfigReading } from '../read-config-file.ts';
import {
  examineSettings,
  type Environment,
  type ExaminedSettings,
  type ResolvedSettings,
  type SettingSources,
  type SettingsFile,
} from './examine.ts';
import { withoutSecrets } from './hide-secrets.ts';
import { settingTable, type DeclaredSetting, type Setting, type SettingTable } from './setting.ts';
import { settingsTemplate, settingsToml } from './settings-toml.ts';
import { nearestKey, unknownVariables } from './unknown-names.ts';
import { formatValue, isUnset, readValue } from './written-value.ts';

/** What settings of a program have in common. */
export interface SettingsOptions {
  /** What its variables begin with, as in `APP_`. */
  readonly prefix: string;
  /** Variables with the prefix that are no settings; one that ends with `*` stands for all that begin so. Default: none. */
  readonly otherVariables?: readonly string[];
  /** The command that lists all settings; a key that is like none refers to it. */
  readonly list: string;
  /** Hides the secrets within a text, wherever a value is shown or quoted. Default: only what is declared secret is hidden. */
  readonly redact?: (text: string) => string;
}

/** Declared settings, and all that is the same for any of them. */
export interface DeclaredSettings<V> {
  readonly table: SettingTable<V>;
  /** The names in the order of the table. */
  readonly names: readonly (keyof V & string)[];
  /** Reads the file as `readConfigFile` does; each key that is no setting is among its problems, with the nearest one. */
  readFile(file: string, reading?: Omit<ConfigReading, 'keys'>): SettingsFile | undefined;
  /** Finds the effective value of every setting: option > environment > file > default. Names all that is wrong, and ignores it. */
  examine(sources: SettingSources<keyof V & string>): ExaminedSettings<V>;
  /** The variables of an environment that are settings and not empty. */
  variablesIn(environment: Environment): Record<string, string>;
  /** One line for each variable that looks like a setting but is not, with the nearest name. */
  unknownVariables(environment: Environment): readonly string[];
  /** The effective value of one that is effective already, or typed: 300000 and `5m` are the same. Undefined for anything else. */
  read(name: keyof V & string, value: unknown): unknown;
  /** A value as an operator types it: `5m`, `100 MiB`, `A=1,B=2`. */
  format(name: keyof V & string, value: unknown): string;
  /** A value as it is typed, secrets redacted; `none` where it has none. */
  show(name: keyof V & string, value: unknown): string;
  /** The settings as a TOML file, secrets redacted, with `origin` each with where it comes from. */
  toToml(resolved: ResolvedSettings<V>, options: { readonly origin: boolean }): string;
  /** A TOML file with every setting, explained and commented out; `when` are the words for when a change takes effect. */
  template(head: string, when: Readonly<Record<Setting<unknown>['takesEffect'], string>>): string;
}

/**
 * Declares the settings of a program once: each with its option, variable, key in the file, type, default and help.
 *
 * @example
 * const app = declareSettings({ prefix: 'APP_', list: 'app config' }, {
 *   stopTimeout: setting(valueTypes.duration, 'stop.timeout', 5_000, { help: 'How long a stop may take' }),
 * });
 * app.examine({ options: {}, environment: { APP_STOP_TIMEOUT: '5m' } }).settings.stopTimeout; // 300000
 */
export function declareSettings<V extends Readonly<Record<string, unknown>>>(
  { prefix, otherVariables = [], list, redact = (text) => text }: SettingsOptions,
  declared: { readonly [N in keyof V]: DeclaredSetting<V[N]> },
): DeclaredSettings<V> {
  const table = settingTable<V>(declared, prefix);
  const all = Object.values<Setting<unknown>>(table);
  const keys = all.map(({ key }) => key);
  const variables = all.flatMap(({ environment }) => environment);
  const known = { prefix, names: [...otherVariables, ...variables] };
  return {
    table,
    names: Object.keys(table),
    readFile(file, reading) {
      const content = readConfigFile(file, { ...reading, keys });
      if (content === undefined) return undefined;
      const { values, unknownKeys, placeOf } = content;
      const problems = unknownKeys.map((key) => {
        const near = nearestKey(key, keys) || `; ${list} lists them all`;
        return `${placeOf(key)}: ${key} is not a setting${near}`;
      });
      return { values, placeOf, problems };
    },
    examine: (sources) => examineSettings(table, sources, redact) as ExaminedSettings<V>,
    variablesIn: (environment) => setIn(environment, variables),
    unknownVariables: (environment) => unknownVariables(environment, known),
    read: (name, value) => readValue(table[name], value),
    format: (name, value) => formatValue(table[name], value),
    show(name, value) {
      if (isUnset(value)) return 'none';
      return formatValue(table[name], withoutSecrets(table[name], value, redact));
    },
    toToml: (resolved, { origin }) => settingsToml(table, resolved, { origin, redact }),
    template: (head, when) => settingsTemplate(table, head, when),
  };
}

function setIn(environment: Environment, names: readonly string[]): Record<string, string> {
  const found = names.map((name) => [name, environment[name] ?? ''] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== ''));
}
