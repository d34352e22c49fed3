import type { FileIdentity, PreflightPorts } from '../src/ports.ts';

/** A machine in memory. */
export interface FakeMachine extends PreflightPorts {
  /** Paths that exist; a text is a file, null a folder. */
  readonly paths: Map<string, string | null>;
  readonly links: Map<string, string>;
  /** Paths that this user may neither read nor write. */
  readonly closed: Set<string>;
  /** Output of programs, by their command line. */
  readonly output: Map<string, string>;
  free: number;
}

/** The device and inode of a file of the fake machine. */
export const lockIdentity: FileIdentity = {
  isDirectory: false,
  fileBytes: 0,
  dev: 0xfd01,
  ino: 4242,
};

/** A machine with an empty `/srv` and much room, and with nothing running; with overrides. */
export function fakeMachine(platform: 'linux' | 'darwin' = 'linux'): FakeMachine {
  const paths = new Map<string, string | null>([
    ['/', null],
    ['/srv', null],
  ]);
  const links = new Map<string, string>();
  const closed = new Set<string>();
  const output = new Map<string, string>();
  const machine: FakeMachine = {
    platform,
    run: (file, args) => Promise.resolve(output.get([file, ...args].join(' ')) ?? ''),
    readText: (file) => paths.get(file) ?? '',
    list: (folder) => {
      const all = [...paths.keys(), ...links.keys()];
      const prefix = folder === '/' ? '/' : `${folder}/`;
      const below = all.filter((path) => path !== folder && path.startsWith(prefix));
      return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))];
    },
    readLink: (path) => links.get(path) ?? '',
    stat(path) {
      const content = paths.get(path);
      if (content === undefined) return null;
      const fileBytes = content === null ? null : content.length;
      return { ...lockIdentity, isDirectory: content === null, fileBytes };
    },
    mayAccess: (path) => paths.has(path) && !closed.has(path),
    freeBytes: () => machine.free,
    paths,
    links,
    closed,
    output,
    free: 1024 ** 4,
  };
  return machine;
}
