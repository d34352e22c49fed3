import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { AppError, messageOf, systemCodeOf, usageError } from '../app-error.ts';
import { isTable, keyLines, type Table } from './key-lines.ts';
import { nearestOf } from './nearest.ts';
import type { ConfigFile } from './resolve-settings.ts';
import { settingNames, settings } from './settings.ts';
import { whyNotTrusted } from './trust.ts';

const knownKeys = settingNames.map((name) => settings[name].key as string);
const variablesKey: string = settings.env.key;

/** In bytes, far above what a configuration needs: a bigger file was named by mistake. */
const largestFile = 64 * 1024;

/** How a configuration file is read. */
export interface ConfigReading {
  /** False where the file may be missing. */
  readonly required: boolean;
  /** The user who acts on it: only they and root may own or write it. -1 checks nothing. */
  readonly uid: number;
}

/**
 * Reads config.toml; undefined where it is missing and not required. Unknown keys are among the returned problems, each
 * with its file, line and the nearest key.
 *
 * @throws AppError with exit code 64 for a file that cannot be read, is not TOML, or could be changed by others.
 */
export function readConfigFile(
  file: string,
  { required, uid }: ConfigReading,
): ConfigFile | undefined {
  const text = readText(file, { required, uid });
  if (text === undefined) return undefined;
  const content = parseToml(file, text);
  let lines: ReadonlyMap<string, number> | undefined;
  const placeOf = (key: string) => `${file}:${(lines ??= keyLines(text)).get(key) ?? 1}`;
  const values = new Map<string, unknown>();
  const problems: string[] = [];
  for (const [key, value] of leaves(content, '')) {
    if (key === variablesKey) values.set(key, variableWords(value));
    else if (knownKeys.includes(key)) values.set(key, value);
    else problems.push(`${placeOf(key)}: ${key} is not a setting${nearestKey(key)}`);
  }
  return { file, values, placeOf, problems };
}

/** The values by dotted key; a table that is the value of a setting stays whole. */
function leaves(table: Table, under: string): readonly (readonly [string, unknown])[] {
  return Object.entries(table).flatMap(([name, value]) => {
    const key = under === '' ? name : `${under}.${name}`;
    // An empty unknown table, such as `[helath]`, is reported by its own name.
    const isBranch = isTable(value) && !knownKeys.includes(key);
    if (isBranch && Object.keys(value).length > 0) return leaves(value, key);
    return isBranch && isKnownTable(key) ? [] : [[key, value] as const];
  });
}

const isKnownTable = (key: string) => knownKeys.some((known) => known.startsWith(`${key}.`));

function nearestKey(key: string): string {
  const [name = ''] = key.split('.').slice(-1);
  const near = nearestOf(key, knownKeys);
  if (near !== '') return near;
  const namesake = knownKeys.filter((known) => known.endsWith(`.${name}`));
  return namesake.length === 1 && namesake[0] !== undefined
    ? `: did you mean ${namesake[0]}?`
    : '; wemixvisor config show lists them all';
}

/** Turns the table `[node.env]` into `NAME=value` words. Other values than texts, numbers and booleans are refused later. */
function variableWords(value: unknown): unknown {
  if (!isTable(value)) return value;
  return Object.entries(value).map(([name, content]) =>
    ['string', 'number', 'boolean'].includes(typeof content)
      ? `${name}=${String(content)}`
      : { [name]: content },
  );
}

function readText(file: string, { required, uid }: ConfigReading): string | undefined {
  try {
    // Before opening, which would wait for the writer of a FIFO. A FIFO that was named is read: `--config <(…)`.
    if (!required && !statSync(file).isFile()) {
      throw usageError(`the configuration ${file} is not a file`);
    }
    return readTrusted(file, uid);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = systemCodeOf(error) ?? '';
    if (['ENOENT', 'ENOTDIR'].includes(code) && !required) return undefined;
    throw new AppError(`cannot read the configuration ${file}: ${messageOf(error)}`, {
      exitCode: 64,
      cause: error,
    });
  }
}

/** Checks the owner of the opened file, as another file may take its name in between. */
function readTrusted(file: string, uid: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const problem = whyNotTrusted(file, fstatSync(descriptor), uid);
    if (problem !== undefined) throw usageError(problem);
    const buffer = Buffer.alloc(largestFile + 1);
    let length = 0;
    let read: number;
    do {
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
      length += read;
    } while (read > 0 && length < buffer.length);
    if (length > largestFile) {
      throw usageError(`${file} is over ${largestFile / 1024} KiB: that is no configuration`);
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
    throw usageError(`${file}:${error.line}:${error.column}: ${what}`);
  }
}
