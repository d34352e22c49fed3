/** The words of a command, and what is wrong with its text. */
export interface SplitCommand {
  readonly words: readonly string[];
  /** Null where the whole text was read; else what stopped it, and `words` are those before. */
  readonly problem: string | null;
}

/** What parts two words: a shell knows no other blanks. */
const blanks = /[ \t\n]+/y;
const joinedLines = /\\\n/y;

/** A part of a word: between single quotes, between double quotes, after a backslash, or plain. */
const parts = {
  single: /'([^']*)'/y,
  double: /"((?:[^"\\]|\\[^])*)"/y,
  escaped: /\\([^])/y,
  plain: /[^ \t\n'"\\]+/y,
};

/**
 * Splits a command as a POSIX shell does, and expands nothing: `$`, `*`, `~`, `;` and `#` are text. A backslash before a line break joins the
 * lines. For commands in compose files, units and scripts; whatever `quoteCommand` wrote is read back word for word.
 *
 * @example
 * splitCommand("geth --identity 'my node'").words; // ['geth', '--identity', 'my node']
 */
export function splitCommand(text: string): SplitCommand {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return undefined;
    at = pattern.lastIndex;
    return found[1] ?? found[0];
  };
  const finish = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  while (at < text.length) {
    if (take(blanks) !== undefined) {
      finish();
      continue;
    }
    if (take(joinedLines) !== undefined) continue;
    const begin = at;
    const next =
      take(parts.plain) ??
      take(parts.single) ??
      take(parts.double)?.replaceAll(/\\([$`"\\])|\\\n/g, '$1') ??
      take(parts.escaped);
    if (next === undefined) return { words, problem: whyNot(text, begin) };
    word = `${word ?? ''}${next}`;
  }
  finish();
  return { words, problem: null };
}

function whyNot(text: string, at: number): string {
  const character = text.charAt(at);
  return character === '\\'
    ? 'a backslash ends the text'
    : `the ${character} at character ${at + 1} is never closed`;
}
