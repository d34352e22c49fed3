import type { Flavour } from '../node-version.ts';
import type { Target } from '../registry/look-up.ts';
import { isAtLeast } from '../registry/release.ts';

/**
 * Everything besides argv that decides the meaning of a node's arguments; all of it has defaults, and none of them is this machine's:
 * that is `machineContext()` of `@wemixvisor/passthrough/geth/node`.
 */
export interface ReadingContext {
  /** The program that gets the arguments. @default 'unknown' */
  readonly flavour?: Flavour;
  /** Its release, as `1.16.9`. @default null, which counts as the newest known release */
  readonly version?: string | null;
  /** The environment the node gets. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** For the default data directory. @default 'linux' */
  readonly platform?: 'linux' | 'darwin';
  /** Used where `env` has no `HOME`. @default '', which is no home: a path in it stays unknown */
  readonly homeDirectory?: string;
  /** Where a node without a data directory puts its IPC socket. @default `TMPDIR` of `env`, else `/tmp` */
  readonly temporaryDirectory?: string;
  /** The node's working directory. @default '/' */
  readonly cwd?: string;
  /** Reads a text file as UTF-8 and throws when it cannot. @default none can be read */
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

/** Fills in the defaults. */
export function resolveContext(context: ReadingContext = {}): ResolvedContext {
  const env = context.env ?? {};
  return {
    target: targetOf(context),
    env,
    platform: context.platform ?? 'linux',
    homeDirectory: context.homeDirectory ?? '',
    temporaryDirectory: context.temporaryDirectory ?? (env['TMPDIR'] || '/tmp'),
    cwd: context.cwd ?? '/',
    readFile: context.readFile ?? readNothing,
  };
}

/** A geth below 1.9 is too old for the registry, or a fork with release numbers of its own: its version is ignored. */
function targetOf({ flavour = 'unknown', version = null }: ReadingContext): Target {
  const isComparable = flavour !== 'geth' || (version !== null && isAtLeast(version, '1.9.0'));
  return { flavour, version: isComparable ? version : null };
}

function readNothing(path: string): never {
  throw new Error(`${path} was not read: no readFile was given`);
}
