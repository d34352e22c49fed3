/** The two halves of a command line. */
interface SplitArguments {
  /** The words before the first `--`: ours. */
  readonly own: readonly string[];
  /** The words after it: the node's, unchanged. */
  readonly node: readonly string[];
  /** Whether there was a `--`. */
  readonly separated: boolean;
}

/**
 * Splits a command line at its first `--`; `own`, `--` and `node` together are the command line again.
 *
 * @example
 * splitArgv(['start', '--', '--http', '--', '-h']);
 * // { own: ['start'], node: ['--http', '--', '-h'], separated: true }
 */
export function splitArgv(argv: readonly string[]): SplitArguments {
  const separator = argv.indexOf('--');
  if (separator === -1) return { own: [...argv], node: [], separated: false };
  return { own: argv.slice(0, separator), node: argv.slice(separator + 1), separated: true };
}
