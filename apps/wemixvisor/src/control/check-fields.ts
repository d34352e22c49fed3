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

/** Reads a value as it is, where it has a form. */
export function withForm(hasForm: (value: unknown) => boolean): Field['read'] {
  return (value) => (hasForm(value) ? value : undefined);
}

/** One field of a JSON object. */
export interface Field {
  /** Gives the value that is meant, undefined where it is not of the right form. */
  readonly read: (value: unknown) => unknown;
  /** What a good value looks like, for the error. */
  readonly expected: string;
  readonly optional?: boolean;
  /** Its value may be a secret and is not quoted. */
  readonly secret?: boolean;
}

/** The fields of a JSON object by their names. */
export type Fields = Readonly<Record<string, Field>>;

/**
 * Reads an object whose fields are all known, all there and of the right form; `place` is its own name, or empty.
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
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const found = value[name];
      if (found === undefined && field.optional === true) return [];
      return [[name, readField(at(name), found, field)]];
    }),
  );
}

function readField(place: string, found: unknown, { read, expected, secret }: Field): unknown {
  if (found === undefined) throw new BadRequest(`${place} is missing: give ${expected}`);
  const value = read(found);
  if (value !== undefined) return value;
  const what = secret === true ? 'its value' : shown(JSON.stringify(found));
  throw new BadRequest(`${place}: ${what} is not ${expected}`);
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
