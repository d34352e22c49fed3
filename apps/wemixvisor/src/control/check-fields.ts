import { AppError } from '../app-error.ts';
import { nearestOf } from '../settings/nearest.ts';
import { exitCodes } from '../exit-codes.ts';

/** A request that cannot be understood: its sender has to change it. */
export class BadRequest extends AppError {
  constructor(message: string, cause?: unknown) {
    super(message, { exitCode: exitCodes.usage, cause });
  }
}

/** A request with more bytes than are kept. */
export class TooLarge extends BadRequest {}

/** One field of a JSON object. */
export interface Field {
  /** Says whether a value is of the right form. */
  readonly schema: (value: unknown) => boolean;
  /** What a good value looks like, for the error. */
  readonly expected: string;
  readonly optional?: boolean;
  /** Its value may be a secret and is not quoted. */
  readonly secret?: boolean;
}

/** The fields of a JSON object by their names. */
export type Fields = Readonly<Record<string, Field>>;

/**
 * Gives an object back whose fields are all known, all there and of the right form; `place` is its own name, or empty.
 *
 * @throws BadRequest naming the first field that is wrong, and what it should be.
 */
export function checkFields(
  value: unknown,
  fields: Fields,
  place = '',
): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new BadRequest(`${place || 'the request'} is not a JSON object`);
  const at = (name: string) => (place === '' ? name : `${place}.${name}`);
  const names = Object.keys(fields);
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(fields, name)) continue;
    throw new BadRequest(`${shown(at(name))} is not a field of this request${hint(name, names)}`);
  }
  for (const [name, { schema, expected, optional, secret }] of Object.entries(fields)) {
    const found = value[name];
    if (found === undefined && optional === true) continue;
    if (found === undefined) throw new BadRequest(`${at(name)} is missing: give ${expected}`);
    if (schema(found)) continue;
    const what = secret === true ? 'its value' : shown(JSON.stringify(found));
    throw new BadRequest(`${at(name)}: ${what} is not ${expected}`);
  }
  return value;
}

/** True for what is written with braces in JSON. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const longestQuote = 80;

/** Whoever asked may have sent megabytes. */
function shown(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

function hint(name: string, names: readonly string[]): string {
  if (names.length === 0) return ': it has none';
  const near = nearestOf(name.slice(0, longestQuote), names);
  return near === '' ? `: it may have ${names.join(', ')}` : near;
}
