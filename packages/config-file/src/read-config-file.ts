import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { ConfigError } from './errors.ts';
import { isTable, keyLines, type Table } from './key-lines.ts';
import { whyNotTrusted } from './trust.ts';

/** In bytes, far above what a configuration needs: a bigger file was named by mistake. */
const largestFile = 64 * 1024;

/** How a configuration file is read. */
export interface ConfigReading {
  /** The keys that are known, dotted, as in `health.min_peers`. The value of each is kept whole, a table too. */
  readonly keys: readonly string[];
  /** False where the file may be missing. @default true */
  readonly required?: boolean;
  /** The user who acts on it: only they and root may own or write it. -1 checks nothing. @default the user of this process */
  readonly uid?: number;
}

/** The content of a configuration file. */
export interface ConfigFile {
  /** By known key. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Keys and empty tables that are not known, in the order of the file. */
  readonly unknownKeys: readonly string[];
  /** The file and line of a key, as in `config.toml:7`. */
  readonly placeOf: (key: string) => string;
}

/**
 * Reads a TOML file of at most 64 KiB; undefined where it is missing and not required. A FIFO that is required is read to its end.
 *
 * @throws ConfigError `UNREADABLE`, `NOT_A_FILE`, `TOO_LARGE`, `NOT_TOML`, or `NOT_TRUSTED` for a file that others could change.
 * @example readConfigFile('/etc/app.toml', { keys: ['log.level'] }).values.get('log.level');
 */
export function readConfigFile(
  file: string,
  reading: ConfigReading & { readonly required?: true },
): ConfigFile;
export function readConfigFile(file: string, reading: ConfigReading): ConfigFile | undefined;
export function readConfigFile(
  file: string,
  { keys, required = true, uid = process.getuid?.() ?? -1 }: ConfigReading,
): ConfigFile | undefined {
  const text = readText(file, { required, uid });
  if (text === undefined) return undefined;
  const entries = leaves(parseToml(file, text), '', keys);
  let lines: ReadonlyMap<string, number> | undefined;
  return {
    values: new Map(entries.filter(([key]) => keys.includes(key))),
    unknownKeys: entries.map(([key]) => key).filter((key) => !keys.includes(key)),
    placeOf: (key) => `${file}:${(lines ??= keyLines(text)).get(key) ?? 1}`,
  };
}

/** The values by dotted key; a table that is the value of a known key stays whole. */
function leaves(
  table: Table,
  under: string,
  keys: readonly string[],
): readonly (readonly [string, unknown])[] {
  const isKnownTable = (key: string) => keys.some((known) => known.startsWith(`${key}.`));
  return Object.entries(table).flatMap(([name, value]) => {
    const key = under === '' ? name : `${under}.${name}`;
    // An empty unknown table, such as `[helath]`, is reported by its own name.
    const isBranch = isTable(value) && !keys.includes(key);
    if (isBranch && Object.keys(value).length > 0) return leaves(value, key, keys);
    return isBranch && isKnownTable(key) ? [] : [[key, value] as const];
  });
}

function readText(
  file: string,
  { required, uid }: { readonly required: boolean; readonly uid: number },
): string | undefined {
  try {
    // Before opening, which would wait for the writer of a FIFO. A FIFO that was named is read: `--config <(…)`.
    if (!required && !statSync(file).isFile()) {
      throw new ConfigError('NOT_A_FILE', `the configuration ${file} is not a file`);
    }
    return readTrusted(file, uid);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR'].includes(code) && !required) return undefined;
    const problem = `cannot read the configuration ${file}: ${message}`;
    throw new ConfigError('UNREADABLE', problem, { cause: error });
  }
}

/** Checks the owner of the opened file, as another file may take its name in between. */
function readTrusted(file: string, uid: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const problem = whyNotTrusted(file, fstatSync(descriptor), uid);
    if (problem !== undefined) throw new ConfigError('NOT_TRUSTED', problem);
    const buffer = Buffer.alloc(largestFile + 1);
    let length = 0;
    let read: number;
    do {
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += read;
    } while (read > 0 && length < buffer.length);
    if (length > largestFile) {
      const limit = `${largestFile / 1024} KiB`;
      throw new ConfigError('TOO_LARGE', `${file} is over ${limit}: that is no configuration`);
    }
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(descriptor);
  }
}

function parseToml(file: string, text: string): Table {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.split('\n');
    const place = `${file}:${error.line}:${error.column}`;
    const problem = whatIsTwice(text, error) ?? inPlainWords(what);
    throw new ConfigError('NOT_TOML', `${place}: ${problem}`, { cause: error });
  }
}

/** What a parser says of a value without quotes, of a table without its end, and of anything else. */
function inPlainWords(what: string): string {
  const said = what.replace(/^Invalid TOML document: /, '');
  if (said === 'invalid value') return 'this is no value: a text needs quotes, as in key = "text"';
  if (said === 'illegal character in key') {
    return 'this is no name of a table or key: write [table] or key = value';
  }
  return `this is no TOML: ${said}`;
}

/** Names a table or key that is there a second time; undefined for any other error. smol-toml says only that something is. */
function whatIsTwice(text: string, { message, line }: TomlError): string | undefined {
  const names = text.split('\n').map((each) => each.replace(/[=#].*/, '').trim());
  const name = names[line - 1] ?? '';
  const first = names.lastIndexOf(name, line - 2) + 1;
  if (!message.includes('already defined') || first === 0) return undefined;
  const remedy = name.startsWith('[') ? 'put its keys there' : 'keep one of them';
  return `${name} is there already, in line ${first}: ${remedy}`;
}
