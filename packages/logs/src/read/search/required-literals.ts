import { plainClass } from './byte-pattern.ts';
import { tokensOf } from './pattern.ts';
import { allOf, anyOf, type Required, type Run } from './required.ts';

/** Shorter texts stand in nearly every line. */
const leastLength = 2;
/** Shorter rows of a class too. */
const leastRun = 3;

/**
 * What each match of a pattern from `compilePattern` contains for certain: its literal characters in a row and rows of one class, also those of groups and of
 * alternatives. Null when there is nothing, as for `[0-9]+`.
 */
export function requiredLiterals(pattern: RegExp): Required | null {
  const { flags, ignoreCase } = pattern;
  if (/[uv]/.test(flags)) return null;
  const atoms = tokensOf(pattern).flatMap((token) =>
    /^[[\\]/.test(token) ? token : Array.from(token),
  );
  return alternatives({ atoms, at: 0, ignoreCase });
}

interface Reading {
  readonly atoms: readonly string[];
  readonly ignoreCase: boolean;
  at: number;
}

/** Reads up to the end of a group, or of the pattern. */
function alternatives(reading: Reading): Required | null {
  const found: (Required | null)[] = [sequence(reading)];
  while (reading.atoms[reading.at] === '|') {
    reading.at += 1;
    found.push(sequence(reading));
  }
  return anyOf(found);
}

function sequence(reading: Reading): Required | null {
  const all: Required[] = [];
  let run = '';
  const endRun = (next = ''): void => {
    if (run.length >= leastLength) {
      all.push(reading.ignoreCase ? { text: run, ignoreCase: true } : { text: run });
    }
    run = next;
  };
  for (let atom = next(reading); atom !== null; atom = next(reading)) {
    const group = atom === '(' ? readGroup(reading) : null;
    const least = leastRepeats(reading);
    const text = literalOf(atom, reading.ignoreCase);
    // Half of a character beyond 16 bits is repeated.
    const isHalf = least !== null && (text ?? '').length > 1;
    if (text === null || least === 0 || isHalf) {
      endRun();
      const row = least !== null && least >= leastRun ? rowOf(atom, least, reading) : null;
      if (row !== null) all.push(row);
      if (group !== null && least !== 0) all.push(group);
    } else {
      run += text;
      // The last of `x+` stands before what follows as well.
      if (least !== null) endRun(text);
    }
  }
  endRun();
  return allOf(all);
}

/** The next atom of a sequence; null at its end. */
function next(reading: Reading): string | null {
  const atom = reading.atoms[reading.at];
  if (atom === undefined || atom === '|' || atom === ')') return null;
  reading.at += 1;
  return atom;
}

/** Reads the group behind its parenthesis. One that looks around, or changes how it is read, says nothing of the match. */
function readGroup(reading: Reading): Required | null {
  const head = /^(?:\?:|\?<[A-Za-z_$][\w$]*>|(?!\?))/.exec(
    reading.atoms.slice(reading.at).join(''),
  );
  reading.at += head?.[0].length ?? 0;
  const inside = alternatives(reading);
  reading.at += 1;
  return head === null ? null : inside;
}

/** How often an atom is there at least, by the quantifier behind it; null where there is none. */
function leastRepeats(reading: Reading): number | null {
  const rest = reading.atoms.slice(reading.at, reading.at + 20).join('');
  const [quantifier = '', least] = /^(?:[*?]|\+|\{(\d+)(?:,\d*)?\})\??/.exec(rest) ?? [];
  if (quantifier === '') return null;
  reading.at += quantifier.length;
  if (least !== undefined) return Number(least);
  return quantifier.startsWith('+') ? 1 : 0;
}

/** A row of the class that an atom is; null for one that has more than ASCII. */
function rowOf(atom: string, least: number, { ignoreCase }: Reading): Run | null {
  const isClass = atom.startsWith('[')
    ? atom[1] !== '^' && plainClass.test(atom)
    : /^\\[dw]$/.test(atom);
  if (!isClass) return null;
  const member = new RegExp(atom, ignoreCase ? 'i' : '');
  const run = Uint8Array.from({ length: 256 }, (_, byte) =>
    byte < 0x80 && member.test(String.fromCharCode(byte)) ? 1 : 0,
  );
  return { run, least };
}

/** The character that an atom stands for; null where it stands for others too, or for none. */
function literalOf(atom: string, ignoreCase: boolean): string | null {
  const text = /^\\[^\w\s]$/.test(atom) ? atom.slice(1) : atom;
  if (text === atom && /^[[\\().^$]/.test(atom)) return null;
  // Bytes that are no UTF-8 are read as U+FFFD, and half a character is not what the bytes have. Beyond ASCII cases are not told apart here.
  const isOdd = /\ufffd|\p{Surrogate}/u.test(text) || text.length > 2;
  return isOdd || (ignoreCase && !/^\p{ASCII}$/u.test(text)) ? null : text;
}
