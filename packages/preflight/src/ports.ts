import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  readdirSync,
  readFileSync,
  readlinkSync,
  statfsSync,
  statSync,
} from 'node:fs';

/** What a path leads to. */
export interface FileIdentity {
  readonly isDirectory: boolean;
  /** Size of an ordinary file; null for everything else. */
  readonly fileBytes: number | null;
  /** Number of the file system, as stat(2) gives it. */
  readonly dev: number;
  readonly ino: number;
  /** Permission bits. */
  readonly mode: number;
}

/** The effects of this package, replaceable in tests: with all of them given, the checks touch nothing real. */
export interface PreflightPorts {
  /** Selects how owners and limits are found. @default the platform of this process */
  readonly platform: 'linux' | 'darwin';
  /** Runs a program and returns its standard output; empty where it cannot be run or takes longer than `timeoutMs`. */
  readonly run: (file: string, args: readonly string[], timeoutMs: number) => Promise<string>;
  /** The text of a file; empty where it cannot be read. */
  readonly readText: (file: string) => string;
  /** The names in a folder; none where it cannot be read. */
  readonly list: (folder: string) => readonly string[];
  /** The target of a symbolic link; empty where it cannot be read. */
  readonly readLink: (path: string) => string;
  /** Null where there is nothing. */
  readonly stat: (path: string) => FileIdentity | null;
  /** Whether this user may read a file, or create files in a folder. */
  readonly mayAccess: (path: string, how: 'read' | 'write') => boolean;
  /** Bytes free for an ordinary user in the file system of an existing path. */
  readonly freeBytes: (path: string) => number;
}

/** Runs a program with an empty environment and kills it at its time limit. Its exit code does not matter: lsof's is 1. */
function run(file: string, args: readonly string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve) => {
    const options = { env: {}, timeout: timeoutMs, killSignal: 'SIGKILL' } as const;
    execFile(file, [...args], options, (error, stdout) => {
      resolve(error?.killed === true ? '' : stdout);
    });
  });
}

function orElse<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

function mayAccess(path: string, how: 'read' | 'write'): boolean {
  return orElse(false, () => {
    accessSync(path, how === 'read' ? constants.R_OK : constants.W_OK | constants.X_OK);
    return true;
  });
}

const realPorts: PreflightPorts = {
  platform: process.platform === 'darwin' ? 'darwin' : 'linux',
  run,
  readText: (file) => orElse('', () => readFileSync(file, 'utf8')),
  list: (folder) => orElse([], () => readdirSync(folder)),
  readLink: (path) => orElse('', () => readlinkSync(path)),
  stat: (path) =>
    orElse(null, () => {
      const found = statSync(path);
      const fileBytes = found.isFile() ? found.size : null;
      return {
        isDirectory: found.isDirectory(),
        fileBytes,
        dev: found.dev,
        ino: found.ino,
        mode: found.mode & 0o7777,
      };
    }),
  mayAccess,
  freeBytes(path) {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  },
};

/** Fills in the real ports. */
export function withDefaultPorts(ports: Partial<PreflightPorts>): PreflightPorts {
  return { ...realPorts, ...ports };
}
