import { readFileSync } from 'node:fs';
import { closest } from 'fastest-levenshtein';
import { parse, TomlError } from 'smol-toml';
import { AppError, messageOf, systemCodeOf, usageError } from '../app-error.ts';
import type { ConfigFile } from './resolve-settings.ts';
import { settingNames, settings } from './settings.ts';

const knownKeys = settingNames.map((name) => settings[name].key as string);

/**
 * Reads config.toml. A missing file is no error unless it was asked for by name.
 *
 * @throws AppError with exit code 64 for a key that does not exist, naming file, line and the nearest key.
 */
export function readConfigFile(
  file: string,
  { required }: { required: boolean },
): ConfigFile | undefined {
  const text = readText(file, required);
  if (text === undefined) return undefined;
  const values = new Map<string, unknown>();
  const placeOf = (key: string) => `${file}:${lineOf(text, key)}: ${key}`;
  for (const [table, content] of Object.entries(parsed(file, text))) {
    const inTable = isTable(content) ? Object.entries(content) : [['', content] as const];
    for (const [name, value] of inTable) {
      const key = name === '' ? table : `${table}.${name}`;
      if (!knownKeys.includes(key)) {
        throw usageError(
          `${placeOf(key)} is not a setting; did you mean ${closest(key, knownKeys)}?`,
        );
      }
      values.set(key, key === settings.env.key ? asVariables(value) : value);
    }
  }
  return { values, placeOf };
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** `[node.env]` is a table of names and values. */
function asVariables(value: unknown): unknown {
  return isTable(value)
    ? Object.entries(value).map(([name, content]) => `${name}=${String(content)}`)
    : value;
}

function readText(file: string, required: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = systemCodeOf(error) ?? '';
    if (['ENOENT', 'ENOTDIR'].includes(code) && !required) return undefined;
    throw new AppError(`cannot read the configuration ${file}: ${messageOf(error)}`, {
      exitCode: 64,
      cause: error,
    });
  }
}

function parsed(file: string, text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what] = error.message.split('\n');
    throw usageError(`${file}:${error.line}:${error.column}: ${what ?? 'not TOML'}`);
  }
}

/** The line of a key: the first assignment to its last part after the header of its table. */
function lineOf(text: string, key: string): number {
  const parts = key.split('.');
  const name = parts.at(-1) ?? key;
  const table = parts.slice(0, -1).join('.');
  const lines = text.split('\n').map((line) => line.trim());
  const header = lines.findIndex((line) => line.replaceAll(/\s/g, '') === `[${table}]`);
  const assignment = lines.findIndex(
    (line, at) => at > header && new RegExp(`^"?(${table}\\.)?${name}"?\\s*=`).test(line),
  );
  const own = lines.findIndex((line) => line.replaceAll(/\s/g, '') === `[${key}]`);
  return Math.max(assignment, own, 0) + 1;
}
