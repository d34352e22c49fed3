import { readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import type { Flavour } from '../node-version.ts';
import type { Target } from '../registry/look-up.ts';
import { isAtLeast } from '../registry/release.ts';

/** Everything besides argv that decides the meaning of a node's arguments; all of it has defaults. */
export interface ReadingContext {
  /** The program that gets the arguments. @default 'unknown' */
  readonly flavour?: Flavour;
  /** Its release, as `1.16.9`. @default null, which counts as the newest known release */
  readonly version?: string | null;
  /** The environment the node gets. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For the default data directory. @default this machine's; anything but macOS counts as Linux */
  readonly platform?: 'linux' | 'darwin';
  /** Used where `env` has no `HOME`. @default this user's */
  readonly homeDirectory?: string;
  /** Where a node without a data directory puts its IPC socket. @default `TMPDIR` of `env`, else this machine's */
  readonly temporaryDirectory?: string;
  /** The node's working directory. @default this process's */
  readonly cwd?: string;
  /** Reads a text file as UTF-8 and throws when it cannot. @default node:fs, for regular files up to 4 MiB */
  readonly readFile?: (path: string) => string;
}

/** A reading context with every default filled in. */
export interface ResolvedContext {
  readonly target: Target;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: 'linux' | 'darwin';
  readonly homeDirectory: string;
  readonly temporaryDirectory: string;
  readonly cwd: string;
  readonly readFile: (path: string) => string;
}

/** Fills in the defaults; the only place of the package that looks at this machine. */
export function resolveContext(context: ReadingContext = {}): ResolvedContext {
  const env = context.env ?? {};
  return {
    target: targetOf(context),
    env,
    platform: context.platform ?? (process.platform === 'darwin' ? 'darwin' : 'linux'),
    homeDirectory: context.homeDirectory ?? orElse(homedir, ''),
    temporaryDirectory: context.temporaryDirectory ?? (env['TMPDIR'] || tmpdir()),
    cwd: context.cwd ?? orElse(() => process.cwd(), '/'),
    readFile: context.readFile ?? readSmallFile,
  };
}

/** A geth below 1.9 is too old for the registry, or a fork with release numbers of its own: its version is ignored. */
function targetOf({ flavour = 'unknown', version = null }: ReadingContext): Target {
  const isComparable = flavour !== 'geth' || (version !== null && isAtLeast(version, '1.9.0'));
  return { flavour, version: isComparable ? version : null };
}

/** Calls a function that may throw: a user may have no home in passwd, a working directory may be deleted. */
function orElse(look: () => string, otherwise: string): string {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

const maxFileBytes = 4 * 1024 * 1024;

/** Reads regular files only: reading a pipe would take its content from the node, and a device may never end. */
function readSmallFile(path: string): string {
  const found = statSync(path);
  if (!found.isFile()) throw new Error(`${path} is no regular file`);
  if (found.size > maxFileBytes) throw new Error(`${path} is larger than 4 MiB`);
  return readFileSync(path, 'utf8');
}
