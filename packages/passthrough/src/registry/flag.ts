/** How geth reads a flag's value; a `path` is expanded and cleaned, a `text` is checked while it is parsed. */
export type FlagKind =
  | 'bool'
  | 'string'
  | 'path'
  | 'int'
  | 'uint64'
  | 'bigint'
  | 'float'
  | 'duration'
  | 'list'
  | 'text';

/** A value with the geth release from which on it is valid. */
export type Since<T> = readonly [release: string, value: T];

/** First and last release that know the flag, both inclusive. */
type ReleaseSpan = readonly [first: string, last: string];

/** Limits that geth itself puts on a value. */
interface FlagRange {
  readonly min: number | string | null;
  readonly max: number | null;
  /** What geth does beyond them. */
  readonly note: string;
  /** True where the node does not come up. */
  readonly fatal?: true;
}

/** The words a flag accepts. */
interface FlagWords {
  /** In the newest release. */
  readonly values: readonly string[];
  /** Where earlier releases differ: the words from each release on. */
  readonly history?: readonly Since<readonly string[]>[];
  readonly gwemix?: readonly string[];
  readonly goWbft?: readonly string[];
  /** True where geth gives up while it parses, in releases where the kind is `text`, or at start. */
  readonly enforced: boolean;
}

/** One root-command flag of the geth family, over all its releases. */
export interface Flag {
  /** Without dashes. */
  readonly name: string;
  /** Other names of it, without dashes. */
  readonly aliases?: readonly string[];
  /** In the newest release that knows it. */
  readonly kind: FlagKind;
  /** Where earlier releases of geth read it otherwise: the kind from each release on. */
  readonly kindHistory?: readonly Since<FlagKind>[];
  /** Where gwemix reads it otherwise. */
  readonly gwemixKind?: FlagKind;
  /** What its help says. */
  readonly usage: string;
  /** As geth prints it, in the newest release; null where it has none. */
  readonly default: string | null;
  /** Where earlier releases of geth had another one: the default from each release on. */
  readonly defaultHistory?: readonly Since<string | null>[];
  /** Where gwemix has another one. */
  readonly gwemixDefault?: string;
  /** The geth release from which `GETH_NAME` sets it; absent where no release reads one. */
  readonly environmentSince?: string;
  /** The geth release from which on it is deprecated; absent where it is not. */
  readonly deprecatedSince?: string;
  readonly gwemixDeprecated?: true;
  /** The name of the flag that takes its place. */
  readonly replacement?: string;
  /** The words that it accepts; absent where it accepts any. */
  readonly words?: FlagWords;
  /** The limits of its value; absent where geth sets none. */
  readonly range?: FlagRange;
  /** The releases of geth that know it; absent where none does. */
  readonly geth?: ReleaseSpan;
  /** The releases of gwemix that know it; absent where none does. */
  readonly gwemix?: ReleaseSpan;
  /** True where go-wbft knows it. */
  readonly goWbft?: true;
  /** The command-line library's own (`--help`), not geth's. */
  readonly builtin?: true;
}

/**
 * One key of the TOML file, over all releases; keys are Go field names and case-sensitive. Taken from the structures that
 * cmd/geth/config.go decodes into, in each release.
 */
export interface ConfigKey {
  /** The table that has it, as `Eth.TxPool`; empty for the tables of the root. */
  readonly table: string;
  readonly name: string;
  readonly geth?: ReleaseSpan;
  readonly gwemix?: ReleaseSpan;
  /** The releases that take it and do nothing with it. */
  readonly ignored?: Pick<ConfigKey, 'geth' | 'gwemix'>;
}

/** One subcommand of the geth family; a nested one has a name of two words. */
export interface Subcommand {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  /** True where it keeps a node running (`console`). */
  readonly runsNode?: true;
  readonly ownFlags?: readonly string[];
  readonly geth?: ReleaseSpan;
  readonly gwemix?: true;
  readonly goWbft?: true;
}
