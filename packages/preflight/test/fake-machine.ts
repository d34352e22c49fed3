import type { FileIdentity, PreflightPorts } from '../src/ports.ts';

/** A machine in memory. */
export interface FakeMachine extends PreflightPorts {
  /** Paths that exist; a text is a file, null a folder. */
  readonly paths: Map<string, string | null>;
  readonly links: Map<string, string>;
  /** Paths that this user may neither read nor write. */
  readonly closed: Set<string>;
  /** Permission bits of paths, where they are not 0755. */
  readonly modes: Map<string, number>;
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
  mode: 0o755,
};

/** A machine with an empty `/srv` and much room, and with nothing running; with overrides. */
export function fakeMachine(platform: 'linux' | 'darwin' = 'linux'): FakeMachine {
  const paths = new Map<string, string | null>([
    ['/', null],
    ['/srv', null],
  ]);
  const links = new Map<string, string>();
  const closed = new Set<string>();
  const modes = new Map<string, number>();
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
      return {
        ...lockIdentity,
        isDirectory: content === null,
        fileBytes,
        mode: modes.get(path) ?? 0o755,
      };
    },
    mayAccess: (path) => paths.has(path) && !closed.has(path),
    freeBytes: () => machine.free,
    paths,
    links,
    closed,
    modes,
    output,
    free: 1024 ** 4,
  };
  return machine;
}
