import { statSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { listeningSockets } from '@wemixvisor/process';
import { systemCodeOf } from '../app-error.ts';
import { registeredHomes, registerFolder } from '../state/home-register.ts';

/** A home on this machine. */
export interface FoundHome {
  readonly home: string;
  /** The user that it belongs to; -1 where that cannot be told. */
  readonly owner: number;
}

/** Who looks for homes. */
export interface HomeSeeker {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly uid: number;
  /** The home that the command line names, or the default one: it counts where it has been used. */
  readonly chosen: string;
}

/**
 * The homes of this user, and for root those of others that a supervisor listens in: registered ones, those with a control socket, and the chosen
 * one. Each is there once, whatever links lead to it, the chosen one by that name. Registered ones may be `gone` from the disk.
 */
export function findHomes(
  { chosen, ...seeker }: HomeSeeker,
  sockets: () => readonly string[] = listeningSockets,
): { readonly homes: readonly FoundHome[]; readonly gone: readonly string[] } {
  const folder = registerFolder(seeker);
  const homes = new Map<string, FoundHome>();
  const gone: string[] = [];
  const add = (home: string, { dev, ino, uid }: Stats) => {
    const key = `${dev}:${ino}`;
    if (home === chosen || !homes.has(key)) homes.set(key, { home, owner: uid });
  };
  for (const home of registeredHomes(folder)) {
    const found = folderAt(home);
    if (found === 'unreadable') homes.set(home, { home, owner: -1 });
    else if (found === 'missing') gone.push(home);
    else add(home, found);
  }
  for (const home of [...sockets().flatMap(homeOfSocket), chosen]) {
    const found = folderAt(home);
    if (typeof found === 'string' || !isUsed(home)) continue;
    // Who is not root cannot ask the supervisors of others.
    if (home === chosen || seeker.uid === 0 || found.uid === seeker.uid) add(home, found);
  }
  return { homes: [...homes.values()], gone };
}

/** A home whose path is too long for a socket has it elsewhere: it is found by the register alone. */
const homeOfSocket = (socket: string): readonly string[] =>
  socket.endsWith('/run/control.sock') ? [dirname(dirname(socket))] : [];

/** Other programs may have a control.sock of their own; each supervisor has a journal. */
const isUsed = (home: string): boolean =>
  typeof statOf(join(home, 'logs/wemixvisor.log')) !== 'string';

function folderAt(home: string): Stats | 'missing' | 'unreadable' {
  const found = statOf(home);
  return typeof found === 'string' || found.isDirectory() ? found : 'missing';
}

function statOf(path: string): Stats | 'missing' | 'unreadable' {
  try {
    return statSync(path);
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '') ? 'missing' : 'unreadable';
  }
}
