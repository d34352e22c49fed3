// Every POSIX shell reads a word of only these characters as it is.
const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;

// As the first word, `NAME=value` is an assignment and a keyword starts a construct.
const assignment = /^[A-Za-z_][A-Za-z0-9_]*=/;
const keyword =
  /^(?:case|do|done|elif|else|esac|fi|for|function|if|in|select|then|time|until|while)$/;

const inSingleQuotes = (word: string) => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Quotes one word so that a POSIX shell reads it back byte for byte.
 * A shell has no way to pass a NUL byte; nor has any operating system.
 *
 * @example
 * quoteArgument("it's"); // 'it'\''s'
 */
export function quoteArgument(word: string): string {
  return plain.test(word) ? word : inSingleQuotes(word);
}

/**
 * Quotes a whole command for people to paste into a POSIX shell.
 *
 * @example
 * quoteCommand(['geth', '--identity', 'my node']); // geth --identity 'my node'
 */
export function quoteCommand(words: readonly string[]): string {
  return words
    .map((word, index) =>
      index === 0 && (assignment.test(word) || keyword.test(word))
        ? inSingleQuotes(word)
        : quoteArgument(word),
    )
    .join(' ');
}
