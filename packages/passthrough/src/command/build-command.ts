import { quoteCommand } from './quote.ts';
import { redactSecrets } from '../redact/redact-secrets.ts';

/** The command to spawn, and its text for people. */
interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** For people: quoted for a POSIX shell, secrets replaced. */
  readonly display: string;
}

/**
 * Builds the exact command of a node: no shell takes part, and `args` equals `argv`, word for word.
 *
 * @example
 * const { file, args } = buildCommand('/usr/bin/geth', ['--identity', 'my node']);
 * spawn(file, args);
 */
export function buildCommand(binary: string, argv: readonly string[]): Command {
  return { file: binary, args: [...argv], display: quoteCommand([binary, ...redactSecrets(argv)]) };
}
