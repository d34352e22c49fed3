import { LogsError } from '../../errors.ts';

/** How a search pattern is read. */
export interface PatternOptions {
  /** Letters match in either case. @default false */
  readonly ignoreCase?: boolean;
}

/**
 * Reads what an operator types for `--grep`: a JavaScript regular expression, tried on each line as grep does: `^` and `$` are the ends
 * of a line, neither `\s` nor `[^x]` reaches into the next, and `\s` means the blanks of ASCII. A `RegExp` keeps its flags, but for `g`, `y` and `s`.
 *
 * @throws LogsError `BAD_PATTERN`, with what is wrong in it
 */
export function compilePattern(
  pattern: string | RegExp,
  { ignoreCase = false }: PatternOptions = {},
): RegExp {
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  const given = typeof pattern === 'string' ? '' : pattern.flags.replace(/[gys]/g, '');
  const flags = [...new Set(`${given}m${ignoreCase ? 'i' : ''}`)].join('');
  try {
    const asTyped = new RegExp(source, flags);
    // A pattern with the v flag, whose classes may hold classes, is left as it is.
    return flags.includes('v') ? asTyped : new RegExp(withinLine(asTyped.source), flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LogsError(
      'BAD_PATTERN',
      `the search pattern is no regular expression (${reason}): put a backslash before each of . * + ? ( ) [ ] { } | ^ $ \\ that is meant as it is`,
      { cause: error },
    );
  }
}

const shorthands: Readonly<Record<string, string>> = {
  s: '[ \\t\\r\\f\\v]',
  S: '[^ \\t\\r\\f\\v\\n]',
  D: '[^\\d\\n]',
  W: '[^\\w\\n]',
};

const escapesAndOthers = String.raw`\\(?:u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|\d+|.)|[^\\[]+`;
/** A class, an escape, or other characters. */
const tokens = new RegExp(String.raw`\[(?:\\.|[^\\\]])*\]|${escapesAndOthers}`, 'gs');
/** The same with the `v` flag, where a class may hold classes. */
const nestedTokens = new RegExp(
  String.raw`\[(?:\\.|[^\\[\]]|\[(?:\\.|[^\\\]])*\])*\]|${escapesAndOthers}`,
  'gs',
);

/** Whether a pattern consists of literal characters only. */
export function isLiteral({ source, ignoreCase }: RegExp): boolean {
  return !ignoreCase && !/[\\^$.*+?()[\]{}|/]/.test(source);
}

/** Splits a pattern into its tokens. */
export function tokensOf({ source, flags }: Pick<RegExp, 'source' | 'flags'>): readonly string[] {
  return source.match(flags.includes('v') ? nestedTokens : tokens) ?? [];
}

/** Excludes the newline from everything that would match it without naming it. */
function withinLine(source: string): string {
  return source.replace(tokens, (token) => {
    if (token.startsWith('[^')) return `[^\\n${token.slice(2)}`;
    if (token.startsWith('\\')) return shorthands[token[1] ?? ''] ?? token;
    return token;
  });
}

/** Whether some part of a pattern from {@link compilePattern} can match a newline. */
export function namesNewline(pattern: RegExp): boolean {
  const anchored = pattern.flags.replace('m', '');
  return tokensOf(pattern).some((token) => {
    if (!token.startsWith('[') && !token.startsWith('\\')) return token.includes('\n');
    return /^\\[\dbBkK]/.test(token) ? false : new RegExp(`^${token}$`, anchored).test('\n');
  });
}
