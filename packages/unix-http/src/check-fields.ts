import compare from 'damerau-levenshtein';
import { UnixHttpError } from './errors.ts';

/** One field of a JSON object. */
interface Field {
  /** Returns the value that is meant; undefined when it has not the right form. */
  readonly read: (value: unknown) => unknown;
  /** What a good value looks like, for the message: `true or false`. */
  readonly expected: string;
  /** May be left out. @default false */
  readonly optional?: boolean;
  /** Its value may be a secret and is not quoted. @default false */
  readonly secret?: boolean;
}

/** The fields of a JSON object by their names. */
type Fields = Readonly<Record<string, Field>>;

/**
 * Reads an object whose fields are all known, all there and of the right form. `place` is the name of an object within
 * the request, as in `launch.node`; it precedes the names of fields in messages.
 *
 * @throws UnixHttpError `BAD_REQUEST` naming the first field that is wrong, and what it should be.
 * @example
 * const force = { read: (value: unknown) => (typeof value === 'boolean' ? value : undefined), expected: 'true or false' };
 * checkFields({ force: 'no' }, { force }); // throws: force: "no" is not true or false
 */
export function checkFields(
  value: unknown,
  fields: Fields,
  place = '',
): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw badRequest(`${place || 'the request'} is not a JSON object`);
  const at = (name: string) => (place === '' ? name : `${place}.${name}`);
  const names = Object.keys(fields);
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(fields, name)) continue;
    throw badRequest(`${shown(at(name))} is not a field of this request${hint(name, names)}`);
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
  if (found === undefined) throw badRequest(`${place} is missing: give ${expected}`);
  const value = read(found);
  if (value !== undefined) return value;
  const what = secret === true ? 'its value' : shown(JSON.stringify(found));
  throw badRequest(`${place}: ${what} is not ${expected}`);
}

function badRequest(message: string): UnixHttpError {
  return new UnixHttpError('BAD_REQUEST', message);
}

/** True for what is written with braces in JSON. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const longestQuote = 80;

/** Shortens a quote: the sender may have sent megabytes. */
function shown(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

function hint(name: string, names: readonly string[]): string {
  if (names.length === 0) return ': it has none';
  const word = name.slice(0, longestQuote);
  const slips = names.map((known) => ({ known, count: compare(word, known).steps }));
  const [nearest] = slips.toSorted((a, b) => a.count - b.count);
  const isNear = nearest !== undefined && nearest.count <= Math.max(2, word.length / 3);
  return isNear ? `: did you mean ${nearest.known}?` : `: it may have ${names.join(', ')}`;
}
