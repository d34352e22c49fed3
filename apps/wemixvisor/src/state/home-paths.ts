import { join, resolve } from 'node:path';
import { redactText } from '@wemixvisor/passthrough';
import { usageError } from '../app-error.ts';
import type { AppContext } from '../context.ts';

/** Where everything of one home lies. */
export interface HomePaths {
  readonly home: string;
  readonly config: string;
  /** Folder of the node's log, its rotated files and the supervisor's own log. */
  readonly logs: string;
  readonly nodeLog: string;
  readonly journal: string;
  readonly run: string;
  readonly state: string;
  /** A copy of the state from when the node was spawned, for the case that the state is damaged. */
  readonly stateBackup: string;
  /** What the node was last started with, whole: the arguments hold secrets, so it is kept apart from the state. */
  readonly launch: string;
  /** What node programs said of their version: see detect-node.ts. */
  readonly versions: string;
  /** Upgrades that are over: see upgrade-history.ts. */
  readonly upgrades: string;
  /** The programs that upgrades have staged, a folder each, and the link `current`. */
  readonly binaries: string;
  /** That link. */
  readonly current: string;
  /** The history of samples: see samples-file.ts. */
  readonly samples: string;
  readonly socket: string;
  /** True when the socket's path under the home would be too long for the system. */
  readonly socketMoved: boolean;
  readonly crashes: string;
}

/** The longest path of a Unix socket in bytes on macOS, the smaller of the two systems (`sun_path` less its NUL). */
const longestSocketPath = 103;

/** The home folder: `--home`, else `WEMIXVISOR_HOME`, else `DAEMON_HOME`, else `~/.wemixvisor`. */
export function homeFolder(
  option: string | undefined,
  { env, cwd, homeDirectory }: Pick<AppContext, 'env' | 'cwd' | 'homeDirectory'>,
): string {
  const named = [option, env['WEMIXVISOR_HOME'], env['DAEMON_HOME']].find(Boolean);
  const home = resolve(cwd, named ?? join(homeDirectory, '.wemixvisor'));
  if (!/[\ufffd\ud800-\udfff]/u.test(home)) return home;
  throw usageError(`the home ${redactText(home)} is not UTF-8: name another with --home`);
}

/** The paths under a home. The socket moves to a short path of its own when the home's is too deep. */
export function homePaths(
  home: string,
  { temporaryDirectory, uid }: Pick<AppContext, 'temporaryDirectory' | 'uid'>,
): HomePaths {
  const run = join(home, 'run');
  const logs = join(home, 'logs');
  const socket = join(run, 'control.sock');
  const socketMoved = Buffer.byteLength(socket) > longestSocketPath;
  return {
    home,
    config: join(home, 'config.toml'),
    logs,
    nodeLog: join(logs, 'node.log'),
    journal: join(logs, 'wemixvisor.log'),
    run,
    state: join(run, 'state.json'),
    stateBackup: join(run, 'state.backup.json'),
    launch: join(run, 'launch.json'),
    versions: join(run, 'versions.json'),
    upgrades: join(run, 'upgrades.json'),
    binaries: join(home, 'binaries'),
    current: join(home, 'binaries', 'current'),
    samples: join(run, 'samples.bin'),
    socket: socketMoved
      ? join(temporaryDirectory, `wemixvisor-${uid}`, `${shortName(home)}.sock`)
      : socket,
    socketMoved,
    crashes: join(home, 'crashes'),
  };
}

/** What is said of a home that no supervisor has used: its folder may be mistyped. */
export const neverStarted = ({ home }: Pick<HomePaths, 'home'>): string =>
  `no node was ever started in ${home}`;

/** A name of 16 letters for a home. Few need it, and what it loads costs a command a fifth of an empty Node. */
export function shortName(home: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(home).digest('hex').slice(0, 16);
}
