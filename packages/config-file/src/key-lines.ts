import { parse } from 'smol-toml';

/** A table of TOML. */
export type Table = Readonly<Record<string, unknown>>;

/** True for a table; dates and arrays are values. */
export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/**
 * The line, from 1, on which each key and each table of a valid TOML text begins; keys are dotted, as in
 * `health.min_peers`. smol-toml reports no positions, so lines are added to a statement until it parses on its own.
 */
export function keyLines(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let under: readonly string[] = [];
  let statement = '';
  let first = 1;
  for (const [at, line] of text.split('\n').entries()) {
    statement += `${line}\n`;
    const content = parseStatement(statement);
    if (content === undefined) continue;
    const isHeader = /^\s*\[/.test(statement);
    if (isHeader) under = [];
    for (const key of keysOf(content, under)) if (!found.has(key)) found.set(key, first);
    if (isHeader) under = headerOf(content);
    statement = '';
    first = at + 2;
  }
  return found;
}

function parseStatement(statement: string): Table | undefined {
  try {
    return parse(statement);
  } catch {
    return undefined;
  }
}

function keysOf(content: Table, under: readonly string[]): readonly string[] {
  return Object.entries(content).flatMap(([name, value]) => {
    const key = [...under, name];
    return [key.join('.'), ...(isTable(value) ? keysOf(value, key) : [])];
  });
}

/** A header on its own parses to nested tables with one name each; `[[name]]` ends them with an array. */
function headerOf(content: Table): readonly string[] {
  const [entry] = Object.entries(content);
  if (entry === undefined) return [];
  const [name, value] = entry;
  return isTable(value) ? [name, ...headerOf(value)] : [name];
}
