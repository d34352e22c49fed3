import { tokensOf } from './pattern.ts';

/**
 * Splits a pattern at its unbounded repeats of a single character (`.*`, `\w+`, `[^x]*`): each part matches somewhere in every match of the
 * pattern. Empty where there is no such repeat, or the pattern cannot be split: it has alternatives outside of groups, or refers back to a group.
 */
export function requiredParts(pattern: RegExp): readonly RegExp[] {
  const atoms = tokensOf(pattern).flatMap((token) =>
    /^[[\\]/.test(token) ? token : Array.from(token),
  );
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (let at = 0; at < atoms.length; at += 1) {
    const atom = atoms[at] ?? '';
    if (/^\\[1-9k]/.test(atom) || (atom === '|' && depth === 0)) return [];
    if (atom === '(') depth += 1;
    if (atom === ')') depth -= 1;
    const repeat = depth === 0 && atom !== ')' ? atoms[at + 1] : undefined;
    const isCut = repeat === '*' || repeat === '+';
    if (!isCut || repeat === '+') part += atom;
    if (!isCut) continue;
    parts.push(part);
    part = '';
    at += atoms[at + 2] === '?' ? 2 : 1;
  }
  if (parts.length === 0) return [];
  return [...parts, part]
    .filter((each) => each !== '')
    .map((each) => new RegExp(each, `${pattern.flags}g`));
}

/** The search for a pattern in texts. */
export interface TextSearch {
  /** False where the text from a place on lacks a required part. Takes linear time. */
  canMatch(text: string, from: number): boolean;
  /** The first match at or after a place; negative when there is none. */
  find(text: string, from: number): number;
  /** Where that match ends, which takes half the time to tell. */
  findEnd(text: string, from: number): number;
}

/**
 * The search for a pattern. Ask `canMatch` first: the engine takes quadratic time to find that `.*q` has no match, half a minute for a line of
 * 200 KB.
 */
export function textSearch(pattern: RegExp): TextSearch {
  const parts = requiredParts(pattern);
  const global = new RegExp(pattern.source, `${pattern.flags}g`);
  const find = (regExp: RegExp, text: string, from: number): number => {
    regExp.lastIndex = from;
    return regExp.exec(text)?.index ?? -1;
  };
  return {
    canMatch: (text, from) => parts.every((part) => find(part, text, from) >= 0),
    find: (text, from) => find(global, text, from),
    findEnd(text, from) {
      global.lastIndex = from;
      return global.test(text) ? global.lastIndex : -1;
    },
  };
}
