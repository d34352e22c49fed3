import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compiledCode, temporaryDirectory } from '@wemixvisor/testkit';
import { askSupervisor } from './ask-supervisor.ts';
import { killed, processesMentioning } from './processes.ts';

/** The built program by this Node.js, or the executable that WEMIXVISOR_E2E_PROGRAM names. */
const program: readonly string[] = process.env['WEMIXVISOR_E2E_PROGRAM']?.split(' ') ?? [
  process.execPath,
  fileURLToPath(new URL('../../wemixvisor/dist/main.cjs', import.meta.url)),
];

/** How one run of the program ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `status --json` says, as far as the scenarios look at it. */
export interface Status {
  readonly state: string;
  readonly desired: string;
  readonly generation: number;
  readonly pid: number;
  readonly supervisor_pid: number;
  readonly adopted: boolean;
  readonly restarts: { readonly crash: number; readonly health: number; readonly operator: number };
  readonly last_exit: {
    code: number | null;
    signal: string | null;
    cause: string;
    forced: boolean;
  } | null;
  readonly health: {
    healthy: boolean;
    status: string;
    checks: Record<string, Record<string, unknown>>;
  } | null;
  readonly args: readonly string[];
  readonly version: string | null;
  readonly [more: string]: unknown;
}

/** Whether a supervisor is there; its pid is null in the status where none is. */
export function isWatched({ supervisor_pid: pid }: Status): boolean {
  return Number.isInteger(pid);
}

/** How the program is run in an installation. */
export interface Invocation {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** The built program with a home of its own. */
export interface Installation {
  readonly home: string;
  /** Runs the program to its end. */
  run(...words: readonly string[]): Promise<Outcome>;
  /** Starts the program and leaves it running. */
  spawn(...words: readonly string[]): ChildProcess;
  /** Starts the program through another one, such as `sh -c '…; exec "$@"' sh`, which gets its command line. */
  spawnBy(wrapper: readonly [string, ...string[]], ...words: readonly string[]): ChildProcess;
  /** For who runs the program otherwise than through pipes. */
  invocation(...words: readonly string[]): Invocation;
  /** What `status --json` says: by the supervisor where one answers, else by the program. */
  status(): Promise<Status>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A home for one scenario, in `parent` or a temporary folder, and the program or another one. Disposing stops whatever is left in it.
 * The environment is bare: what the test runner sets (colours, options of Node) must not reach the program.
 */
export async function installation(
  variables: Readonly<Record<string, string>> = {},
  parent?: string,
  words: readonly string[] = program,
): Promise<Installation> {
  const directory = await temporaryDirectory('wv-', parent);
  const home = `${directory.path}/home`;
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory.path,
    XDG_CACHE_HOME: compiledCode,
    WEMIXVISOR_HOME: home,
    // A test machine may well run its tests as root.
    WEMIXVISOR_ALLOW_ROOT: 'true',
    ...variables,
  };
  const place = { env, cwd: directory.path };
  const [file = '', ...first] = words;
  const start = (more: readonly string[]) => spawn(file, [...first, ...more], place);
  const run = (...more: readonly string[]) => outcomeOf(start(more));
  return {
    home,
    run,
    spawn: (...more) => start(more),
    spawnBy: ([wrapper, ...before], ...more) =>
      spawn(wrapper, [...before, file, ...first, ...more], place),
    invocation: (...more) => ({ file, args: [...first, ...more], ...place }),
    async status() {
      // The same report, without a process of its own.
      const asked = await askSupervisor(home, 'GET', '/v1/status');
      return (asked ?? JSON.parse((await run('status', '--json')).stdout)) as Status;
    },
    async [Symbol.asyncDispose]() {
      const left = () => processesMentioning(directory.path);
      // The supervisor is asked itself, which costs less than a run of the program; that helps where none answers.
      const stopped = await askSupervisor(home, 'POST', '/v1/stop', { force: true });
      if (stopped === undefined && left().length > 0) await run('stop', '--force');
      // Whatever a failed scenario left, by its pid.
      for (const { pid } of left()) killed(pid);
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** Waits for a process to end and gathers what it printed. */
export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
