import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** The program to run with its arguments and environment, byte for byte. */
export interface NodeCommand {
  /** Path of the program, absolute or relative to `cwd`; PATH is not searched. */
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Why the command cannot be executed; undefined when no reason is found. */
export function whyNotExecutable({ file, args, cwd }: NodeCommand): string | undefined {
  if (!isDirectory(cwd)) return `the working directory ${cwd} does not exist or is no directory`;
  if ([file, ...args].some((text) => text.includes('\0'))) return 'an argument holds a zero byte';
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
