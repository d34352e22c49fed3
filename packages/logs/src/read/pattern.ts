import { LogsError } from '../errors.ts';

/** How a search pattern is read. */
export interface PatternOptions {
  /** Letters match in either case. @default false */
  readonly ignoreCase?: boolean;
}

/**
 * Reads what an operator types for `--grep`: a JavaScript regular expression in which `^` and `$` stand for the ends of a line.
 * A `RegExp` keeps its own flags.
 *
 * @throws {@link LogsError} `bad-pattern`, with what is wrong in it
 */
export function compilePattern(
  pattern: string | RegExp,
  { ignoreCase = false }: PatternOptions = {},
): RegExp {
  const given = typeof pattern === 'string' ? '' : pattern.flags.replace(/[gy]/g, '');
  const wanted = `m${ignoreCase ? 'i' : ''}`;
  const flags = [...new Set(given + wanted)].join('');
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LogsError(
      'bad-pattern',
      `the search pattern is no regular expression (${reason}): put a backslash before each of . * + ? ( ) [ ] { } | ^ $ \\ that is meant as it is`,
      error,
    );
  }
}
