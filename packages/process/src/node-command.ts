import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasStrayBytes, isByteText, showBytes } from './byte-text.ts';

/**
 * The program to run with its arguments and environment, byte for byte. In arguments, names and values a byte that is not
 * UTF-8 is a lone surrogate, U+DC80 to U+DCFF, as in Python's surrogateescape.
 */
export interface NodeCommand {
  /** Path of the program, absolute or relative to `cwd`; PATH is not searched. */
  readonly file: string;
  /** Its arguments, without its name. */
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder that it runs in. */
  readonly cwd: string;
}

/** A command as a caller has it: `process.env` is an environment too. */
export interface GivenCommand extends Omit<NodeCommand, 'env'> {
  /** The whole environment: nothing is inherited. A variable without a value is left out. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The command with the variables alone that have a value. */
export function withoutUnset({ env, ...command }: GivenCommand): NodeCommand {
  const set = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...command, env: Object.fromEntries(set) };
}

/** Why the command cannot be executed; undefined when no reason is found. */
export function whyNotExecutable({ file, args, env, cwd }: NodeCommand): string | undefined {
  const path = [cwd, file].find(hasStrayBytes);
  if (path !== undefined)
    return `the path ${showBytes(path)} is not UTF-8: use one that is, such as a link`;
  if (!isDirectory(cwd)) return `the working directory ${cwd} does not exist or is no directory`;
  if ([file, ...args].some((text) => text.includes('\0'))) return 'an argument holds a zero byte';
  const bad = args.findIndex((text) => !isByteText(text));
  if (bad !== -1) return `argument ${bad + 1} holds half a character, which stands for no bytes`;
  const wrong = Object.entries(env).find((entry) => !entry.every(isByteText))?.[0];
  if (wrong !== undefined) return `the variable ${showBytes(wrong)} stands for no bytes`;
  const program = resolve(cwd, file);
  if (program.includes('='))
    return `the path ${program} holds "=": use one without, such as a link`;
  try {
    if (!statSync(program).isFile()) return `${program} is not a regular file`;
    accessSync(program, constants.X_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no program ${program}`;
    return `${program} cannot be executed (${code ?? String(error)}): check its permissions`;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
