/** The edge of the text or of a line, a character of words, or another. */
export type Neighbour = 'edge' | 'word' | 'other';

/** UTF-16 units that are the same to a pattern. */
export interface Letter {
  /** Whether they pass each of the pattern's tests. */
  readonly passes: readonly boolean[];
  /** What they are to a place beside them. */
  readonly neighbour: Neighbour;
}

/** What stands at the end of the text. */
export const end: Letter = { passes: [], neighbour: 'edge' };

/** The letters of a pattern, which are few: they are found out as their units come up. */
export interface Alphabet {
  readonly letters: readonly Letter[];
  /** The number of the letter that a unit belongs to. */
  letterAt(unit: number): number;
}

/** Makes the alphabet for a pattern with these tests of a single unit. */
export function createAlphabet(tests: readonly RegExp[]): Alphabet {
  const letters: Letter[] = [];
  const byKey = new Map<string, number>();
  const ofAscii: (number | undefined)[] = [];
  const ofOthers = new Map<number, number>();

  const find = (unit: number): number => {
    const text = String.fromCharCode(unit);
    const letter = {
      passes: tests.map((test) => test.test(text)),
      neighbour: neighbourOf(text),
    };
    const key = JSON.stringify(letter);
    const found = byKey.get(key) ?? letters.push(letter) - 1;
    byKey.set(key, found);
    if (unit < 128) ofAscii[unit] = found;
    else ofOthers.set(unit, found);
    return found;
  };
  return {
    letters,
    letterAt: (unit) => (unit < 128 ? ofAscii[unit] : ofOthers.get(unit)) ?? find(unit),
  };
}

/** As patterns with the `m` flag have it (ECMA-262, LineTerminator). */
function neighbourOf(unit: string): Neighbour {
  if (/[\n\r\u2028\u2029]/.test(unit)) return 'edge';
  return /\w/.test(unit) ? 'word' : 'other';
}
