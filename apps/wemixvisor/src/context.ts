import { existsSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import type { WriteStream } from 'node:tty';
import type { BaseContext } from 'clipanion';
import type { CommandDefinition } from './command-definition.ts';
import type { SpawnedSupervisor } from './control/spawn-supervisor.ts';
import type { CommandLine } from './parse-command-line.ts';
import { wholeOutput } from './program-output.ts';
import { self, thirdPartyLicences } from './self.ts';
import { setV8Flag } from './v8-flags.ts';

/** The signals that a foreground supervisor answers to. */
export type StopSignal = 'SIGTERM' | 'SIGINT' | 'SIGHUP';

/** Everything that the program needs of its process; the one seam for tests. */
export interface AppContext extends BaseContext {
  /** The operator's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory. */
  readonly cwd: string;
  /** The operator's home directory, which contains the default `--home`. */
  readonly homeDirectory: string;
  /** The directory for a socket whose path under the home would be too long. */
  readonly temporaryDirectory: string;
  /** The operating system. */
  readonly platform: 'linux' | 'darwin';
  /** This process. */
  readonly pid: number;
  /** The user, or -1 where the system has none. */
  readonly uid: number;
  /** The user's name; empty where the user has none. */
  userName(): string;
  /** True inside a container, where root is not root of the machine. */
  isContained(): boolean;
  /** How this program starts itself again, detached: the single executable, or Node and the built main file. */
  readonly self: readonly [execPath: string, ...args: string[]];
  /** The licences of all that the program contains from others. */
  thirdPartyLicences(): string;
  /** True when standard output is a terminal. */
  readonly interactive: boolean;
  /** Columns of the terminal, 80 where there is none. */
  readonly columns: number;
  /** Rows of the terminal, 24 where there is none. */
  readonly rows: number;
  /** Sets a flag of V8, and has it taken back where compiled code is kept. */
  readonly setV8Flag: typeof setV8Flag;
  /** Calls back on a signal instead of dying of it, until the returned function is called. */
  onSignal(signal: StopSignal, listener: () => void): () => void;
}

/** What a command runs with: the process, the parsed command line, and what the command line has prepared. */
export interface CommandContext extends AppContext {
  readonly line: CommandLine;
  /** The supervisor that was spawned for a `start` before it asked for one. */
  readonly prespawned: SpawnedSupervisor | undefined;
  /** Loads the definitions of all commands, in the order of the help. */
  definitions(): Promise<readonly CommandDefinition[]>;
}

/** The context of the real process, with its environment byte for byte. */
export function processContext(env: AppContext['env'] = process.env): AppContext {
  const { stdout, stderr } = process;
  return {
    // A getter, as access opens it.
    get stdin() {
      return process.stdin;
    },
    stdout: wholeOutput(stdout),
    stderr,
    env,
    colorDepth: stdout.isTTY ? stdout.getColorDepth() : 1,
    cwd: workingDirectory(),
    homeDirectory: homedir(),
    temporaryDirectory: tmpdir(),
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    pid: process.pid,
    uid: process.getuid?.() ?? -1,
    userName,
    isContained: () => isContained(env),
    self,
    thirdPartyLicences,
    interactive: stdout.isTTY,
    columns: stdout.columns || 80,
    rows: stdout.rows || 24,
    setV8Flag,
    onSignal(signal, listener) {
      process.on(signal, listener);
      return () => process.off(signal, listener);
    },
  };
}

/** The size of the terminal as it is now: the context has that of the beginning. */
export function terminalSize({
  stdout,
  columns,
  rows,
}: Pick<AppContext, 'stdout' | 'columns' | 'rows'>): Pick<AppContext, 'columns' | 'rows'> {
  const terminal = stdout as typeof stdout & Partial<Pick<WriteStream, 'columns' | 'rows'>>;
  return { columns: terminal.columns ?? columns, rows: terminal.rows ?? rows };
}

/** A folder that was removed keeps the name by which the shell entered it: what needs it says that it is gone. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return process.env['PWD'] ?? '/';
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the user may be missing from /etc/passwd.
    return '';
  }
}

/** Docker and Podman create a file, systemd-nspawn and Podman set a variable, Kubernetes the address of its service. */
function isContained(env: AppContext['env']): boolean {
  const variable = env['container'] ?? env['KUBERNETES_SERVICE_HOST'] ?? '';
  return variable !== '' || ['/.dockerenv', '/run/.containerenv'].some((file) => existsSync(file));
}
