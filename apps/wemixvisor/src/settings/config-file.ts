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

/** Far above what a configuration needs; what is bigger was named by mistake. */
const largestFile = 64 * 1024;

/** How a configuration file is read. */
export interface ConfigReading {
  /** False where the file may be missing. */
  readonly required: boolean;
  /** The user who acts on it: it must be theirs or root's, and nobody else's to write. -1 checks nothing. */
  readonly uid: number;
}

/**
 * Reads config.toml; undefined where it is missing and need not be there. Keys that do not exist are among the
 * problems of what is returned, each with its file, line and the nearest key.
 *
 * @throws AppError with exit code 64 for a file that cannot be read, is not TOML, or could be changed by others.
 */
export function readConfigFile(
  file: string,
  { required, uid }: ConfigReading,
): ConfigFile | undefined {
  const text = readText(file, { required, uid });
  if (text === undefined) return undefined;
  const content = parsed(file, text);
  let lines: ReadonlyMap<string, number> | undefined;
  const placeOf = (key: string) => `${file}:${(lines ??= keyLines(text)).get(key) ?? 1}`;
  const values = new Map<string, unknown>();
  const problems: string[] = [];
  for (const [key, value] of leaves(content, '')) {
    if (key === variablesKey) values.set(key, asVariables(value));
    else if (knownKeys.includes(key)) values.set(key, value);
    else problems.push(`${placeOf(key)}: ${key} is not a setting${nearestKey(key)}`);
  }
  return { file, values, placeOf, problems };
}

/** The values by dotted key; tables that are a setting's own value stay whole. */
function leaves(table: Table, under: string): readonly (readonly [string, unknown])[] {
  return Object.entries(table).flatMap(([name, value]) => {
    const key = under === '' ? name : `${under}.${name}`;
    // A table without a key, such as `[helath]`, is looked at by its own name.
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

/** `[node.env]` is a table of names and values. What is neither text, number nor boolean is left for the check to refuse. */
function asVariables(value: unknown): unknown {
  if (!isTable(value)) return value;
  return Object.entries(value).map(([name, content]) =>
    ['string', 'number', 'boolean'].includes(typeof content)
      ? `${name}=${String(content)}`
      : { [name]: content },
  );
}

function readText(file: string, { required, uid }: ConfigReading): string | undefined {
  try {
    // Before it is opened: to open a FIFO waits for its writer. One that was named is read: `--config <(…)`.
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

/** Looks at the owner of the very file that is read, not of one that had its name a moment ago. */
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

function parsed(file: string, text: string): Table {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.split('\n');
    throw usageError(`${file}:${error.line}:${error.column}: ${what}`);
  }
}
