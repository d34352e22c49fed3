import { parse } from 'smol-toml';

/** A table of TOML. */
export type Table = Readonly<Record<string, unknown>>;

/** True for a table; dates and arrays are values. */
export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/**
 * The line, from 1, on which each key and each table of a TOML text begins; keys are dotted, as in `health.min_peers`.
 * The text must be one that the parser takes. The parser gives no places: so each statement is parsed by itself, which
 * also tells where it ends, however many lines it has.
 */
export function keyLines(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let under: readonly string[] = [];
  let statement = '';
  let first = 1;
  for (const [at, line] of text.split('\n').entries()) {
    statement += `${line}\n`;
    const content = parsed(statement);
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

function parsed(statement: string): Table | undefined {
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

/** A header alone is a chain of tables with one name each; `[[name]]` ends it with an array. */
function headerOf(content: Table): readonly string[] {
  const [entry] = Object.entries(content);
  if (entry === undefined) return [];
  const [name, value] = entry;
  return isTable(value) ? [name, ...headerOf(value)] : [name];
}
