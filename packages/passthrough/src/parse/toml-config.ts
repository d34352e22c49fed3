import { parse } from 'smol-toml';
import posix from 'path-browserify';
import type { FlagValues } from './flag-values.ts';
import type { ResolvedContext } from './reading-context.ts';

/** One table of geth's TOML file; its keys are Go field names and case-sensitive (cmd/geth/config.go @ v1.17.5). */
export interface ConfigTable {
  readonly keys: readonly string[];
  /** The table of this name; an empty one where there is none. */
  readonly table: (name: string) => ConfigTable;
  readonly text: (key: string) => string | undefined;
  readonly integer: (key: string) => number | undefined;
  readonly enabled: (key: string) => boolean | undefined;
}

/** The result of reading the file of `--config`. */
export type ConfigFile =
  | { readonly kind: 'none' }
  | { readonly kind: 'read'; readonly path: string; readonly root: ConfigTable }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string };

/** Reads the file that `--config` names; a file that is missing or no TOML is a value, not a throw. */
export function readConfigFile(
  flagValues: FlagValues,
  { cwd, readFile }: ResolvedContext,
): ConfigFile {
  const given = flagValues.text('config');
  if (given === undefined || given === '') return { kind: 'none' };
  const path = posix.resolve(cwd, given);
  try {
    return {
      kind: 'read',
      path,
      root: tableOf(parse(readFile(path), { integersAsBigInt: 'asNeeded' })),
    };
  } catch (error) {
    return {
      kind: 'unreadable',
      path,
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

/** The root table, empty where there is no file to read. */
export function rootTable(file: ConfigFile): ConfigTable {
  return file.kind === 'read' ? file.root : tableOf({});
}

function tableOf(content: unknown): ConfigTable {
  const record: Readonly<Record<string, unknown>> = isRecord(content) ? content : {};
  const own = (key: string) => (Object.hasOwn(record, key) ? record[key] : undefined);
  return {
    keys: Object.keys(record),
    table: (name) => tableOf(own(name)),
    text: (key) => {
      const value = own(key);
      return typeof value === 'string' ? value : undefined;
    },
    integer: (key) => {
      const value = own(key);
      return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
    },
    enabled: (key) => {
      const value = own(key);
      return typeof value === 'boolean' ? value : undefined;
    },
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
