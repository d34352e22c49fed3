import { tokensOf } from '../pattern.ts';

/** What a pattern is made of. */
export type Part =
  /** One UTF-16 unit that a pattern of its own matches. */
  | { readonly kind: 'unit'; readonly source: string }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Part[] }
  | Repeat
  | Look;

/** A place between two units that a pattern asks for. */
export type Place = '^' | '$' | '\\b' | '\\B';

/** A part several times. */
export interface Repeat {
  readonly kind: 'repeat';
  readonly part: Part;
  readonly least: number;
  readonly most: number;
}

/** What must stand before or behind a place, or must not. */
export interface Look {
  readonly kind: 'look';
  readonly ahead: boolean;
  readonly negated: boolean;
  readonly part: Part;
}

/** References, which are as long as what they refer to, and escapes that are several units. */
const noUnit = /^\\(?:[1-9kc]$|\d\d|u\{|[pP]\{)/;

/** Takes apart a pattern from `compilePattern`; null when it refers back to a match, or has the `u` or `v` flag, by which a character is no unit. */
export function partsOf({ source, flags }: RegExp): Part | null {
  if (/[uv]/.test(flags)) return null;
  const items = tokensOf(source).flatMap((token) => (/^[[\\]/.test(token) ? token : units(token)));
  try {
    return parse(items);
  } catch (error) {
    if (error instanceof Irregular) return null;
    throw error;
  }
}

/** So many units lie at most between the beginning and the end of a match, what stands around it among them. */
export function reachOf(part: Part): number {
  switch (part.kind) {
    case 'unit':
    case 'place':
      return 1;
    case 'look':
      return reachOf(part.part);
    case 'sequence':
      return part.parts.reduce((sum, each) => sum + reachOf(each), 0);
    case 'choice':
      return Math.max(...part.parts.map(reachOf));
    case 'repeat': {
      const once = reachOf(part.part);
      return once === 0 || part.most === 0 ? 0 : once * part.most;
    }
  }
}

const units = (text: string): string[] =>
  Array.from({ length: text.length }, (_, at) => text.charAt(at));

class Irregular extends Error {}

const looks: Readonly<Record<string, Pick<Look, 'ahead' | 'negated'>>> = {
  '=': { ahead: true, negated: false },
  '!': { ahead: true, negated: true },
  '<=': { ahead: false, negated: false },
  '<!': { ahead: false, negated: true },
};

function parse(items: readonly string[]): Part {
  let at = 0;
  const take = (): string => items[at++] ?? '';

  const choice = (): Part => {
    const parts = [sequence()];
    while (items[at] === '|') {
      at += 1;
      parts.push(sequence());
    }
    return { kind: 'choice', parts };
  };
  const sequence = (): Part => {
    const parts: Part[] = [];
    while (at < items.length && items[at] !== '|' && items[at] !== ')') parts.push(repeated());
    return { kind: 'sequence', parts };
  };
  const repeated = (): Part => {
    const part = single();
    const times = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(items.slice(at, at + longestTimes).join(''));
    if (times === null) return part;
    at += times[0].length;
    // Whether few or many are tried first does not change whether there is a match.
    if (items[at] === '?') at += 1;
    return { kind: 'repeat', part, ...bounds(times[0]) };
  };
  const single = (): Part => {
    const item = take();
    if (item === '(') return group();
    if (item === '^' || item === '$' || item === '\\b' || item === '\\B') {
      return { kind: 'place', place: item };
    }
    if (noUnit.test(item)) throw new Irregular();
    const isItself = item.length > 1 || item === '.';
    return { kind: 'unit', source: isItself ? item : item.replace(/[\\^$*+?()[\]{}|/]/, '\\$&') };
  };
  const group = (): Part => {
    const look = items[at] === '?' ? headOfGroup() : null;
    const part = choice();
    at += 1;
    return look === null ? part : { kind: 'look', ...look, part };
  };
  const headOfGroup = (): Pick<Look, 'ahead' | 'negated'> | null => {
    at += 1;
    const kind = take();
    if (kind === ':') return null;
    const look = looks[kind === '<' ? `<${items[at] ?? ''}` : kind];
    if (look !== undefined) {
      if (!look.ahead) at += 1;
      return look;
    }
    if (kind !== '<') throw new Irregular();
    at = items.indexOf('>', at) + 1;
    return null;
  };
  return choice();
}

/** Characters of the longest count that is read: twice 15 digits in braces. */
const longestTimes = 33;

function bounds(times: string): Pick<Repeat, 'least' | 'most'> {
  if (times === '*') return { least: 0, most: Infinity };
  if (times === '+') return { least: 1, most: Infinity };
  if (times === '?') return { least: 0, most: 1 };
  const [least = '', most] = times.slice(1, -1).split(',');
  if (most === '') return { least: Number(least), most: Infinity };
  return { least: Number(least), most: Number(most ?? least) };
}
