import { readFileSync } from 'node:fs';
import { textOfBytes, unknownBytes } from './byte-text.ts';
import { ProcessError } from './errors.ts';

/** The part of the running process that {@link exactCommandLine} reads. */
interface RunningProcess {
  /** The program, its script, and the arguments. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What this process was given, byte for byte. */
interface ExactCommandLine {
  /** The arguments of the script. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Reads a file of /proc/self; throws where there is none. */
type ReadOwn = (name: 'cmdline' | 'environ') => Buffer;

/** What Node has for bytes that it could not decode, and for the character itself. */
const replacement = '\ufffd';

/**
 * The arguments and the environment of this process with the bytes that Node has lost. A byte that is not UTF-8 becomes a
 * lone surrogate, U+DC80 to U+DCFF, which {@link supervise} hands to a node as that byte. The kernel is asked only where
 * Node's text has U+FFFD.
 *
 * Where the kernel does not tell (macOS), such a variable gets a value that no node can be started with, and such an
 * argument is refused: it is never altered.
 *
 * @throws ProcessError `BYTES_UNKNOWN` for such an argument, naming its place.
 * @example exactCommandLine(process).args; // ['start', '--', '--identity', 'M\udcfcller'] typed in Latin-1
 */
export function exactCommandLine(
  { argv, env }: RunningProcess,
  read: ReadOwn = (name) => readFileSync(`/proc/self/${name}`),
): ExactCommandLine {
  const args = argv.slice(2);
  const isSure = (text = '') => !text.includes(replacement);
  // A variable whose name is not UTF-8 has no value for Node, and is not enumerable.
  const names = Object.getOwnPropertyNames(env);
  return {
    args: args.every(isSure) ? args : exactArguments(args, read),
    env: names.every((name) => isSure(name) && isSure(env[name]))
      ? env
      : exactEnvironment(env, read),
  };
}

function exactArguments(args: readonly string[], read: ReadOwn): readonly string[] {
  const words = wordsOf(() => read('cmdline')).slice(-args.length);
  return args.map((arg, index) => {
    const word = words[index];
    if (word?.toString() === arg) return textOfBytes(word);
    if (!arg.includes(replacement)) return arg;
    throw new ProcessError(
      'BYTES_UNKNOWN',
      `argument ${index + 1} (${arg}) may hold bytes that are not UTF-8, and this system does not tell them: write it in UTF-8`,
    );
  });
}

function exactEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  read: ReadOwn,
): Record<string, string | undefined> {
  const words = wordsOf(() => read('environ')).map((word) => {
    const equals = word.indexOf('=');
    return [word.subarray(0, equals), word.subarray(equals + 1)] as const;
  });
  const exact = Object.getOwnPropertyNames(env).flatMap((name) => {
    const isSure = ![name, env[name] ?? ''].some((text) => text.includes(replacement));
    if (isSure) return [[name, env[name]] as const];
    const found = words.filter(([key]) => key.toString() === name);
    // Of two with one name the first counts, as for getenv(3).
    return found.length === 0
      ? [[name, unknownBytes] as const]
      : found.toReversed().map(([key, bytes]) => [textOfBytes(key), textOfBytes(bytes)] as const);
  });
  return Object.fromEntries(exact);
}

/** The words of a file of /proc, each of which ends with NUL; none where it cannot be read. */
function wordsOf(read: () => Buffer): readonly Buffer[] {
  try {
    const text = read().toString('latin1');
    return text
      .split('\0')
      .slice(0, -1)
      .map((word) => Buffer.from(word, 'latin1'));
  } catch {
    return [];
  }
}
