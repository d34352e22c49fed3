import type { ValueType } from '../value-type.ts';

/** A setting as it is declared: its type of value, its key in the file, its default, and what else can set it. */
export interface DeclaredSetting<T> {
  readonly type: ValueType<T>;
  /** Its table and key in the file. */
  readonly key: `${string}.${string}`;
  readonly defaultValue: T;
  /** What it is, for pages, without an end. */
  readonly help: string;
  /** The same for a line of a terminal, under a heading that says what it is about. */
  readonly brief: string;
  /** Its option; null for a setting of the file and the environment alone. */
  readonly option: `--${string}` | null;
  /** Another variable that sets it, besides the one that is named after its option or its key. */
  readonly alias: string | null;
  /** True for a value that is redacted wherever settings are shown. */
  readonly secret: boolean;
  /** When a change takes effect: at a reload, or at the next start. */
  readonly takesEffect: 'reload' | 'start';
}

/** A setting of a program. */
export interface Setting<T> extends Omit<DeclaredSetting<T>, 'alias'> {
  /** The environment variables that set it, the first one found wins. */
  readonly environment: readonly string[];
}

/** Settings by their names, in the order in which they are shown; `V` has the values. */
export type SettingTable<V> = { readonly [N in keyof V]: Setting<V[N]> };

/** Any settings, by their names. */
export type AnySettings = Readonly<Record<string, Setting<unknown>>>;

/**
 * Declares one setting, for `declareSettings`.
 *
 * @example setting(valueTypes.duration, 'stop.timeout', 5_000, { help: 'How long a stop may take' });
 */
export function setting<T>(
  type: ValueType<T>,
  key: `${string}.${string}`,
  defaultValue: NoInfer<T>,
  rest: Pick<DeclaredSetting<T>, 'help'> & {
    /** @default its help */
    readonly brief?: string;
    /** @default none */
    readonly option?: `--${string}`;
    /** @default none */
    readonly alias?: string;
    /** @default false */
    readonly secret?: boolean;
    /** @default 'reload' */
    readonly takesEffect?: 'start';
  },
): DeclaredSetting<T> {
  const otherwise = { option: null, alias: null, secret: false, takesEffect: 'reload' } as const;
  return { type, key, defaultValue, brief: rest.help, ...otherwise, ...rest };
}

/** The settings of a program whose variables begin with a prefix. */
export function settingTable<V>(
  declared: { readonly [N in keyof V]: DeclaredSetting<V[N]> },
  prefix: string,
): SettingTable<V> {
  const all = Object.entries<DeclaredSetting<unknown>>(declared);
  const settings = all.map(([name, { alias, ...rest }]): [string, Setting<unknown>] => {
    const named = rest.option?.slice(2) ?? rest.key;
    const variable = `${prefix}${named.replaceAll(/[-.]/g, '_').toUpperCase()}`;
    return [name, { ...rest, environment: alias === null ? [variable] : [variable, alias] }];
  });
  return Object.fromEntries(settings) as SettingTable<V>;
}
