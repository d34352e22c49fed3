import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { isSameProcess, type NodeRun } from '@wemixvisor/process';
import { fakeGeth, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { onTestFinished } from 'vitest';
import { runCli } from '../src/cli.ts';
import { homePaths, type HomePaths } from '../src/config/home.ts';
import type { AppContext, StopSignal } from '../src/context.ts';
import { readState } from '../src/control/state-file.ts';
import type { StatusReport } from '../src/control/status-report.ts';

/** How a command ended and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way in a terminal of its own. */
export interface Begun {
  /** What it has written so far. */
  readonly stdout: string;
  readonly stderr: string;
  readonly done: Promise<Ran>;
  /** Sends it a signal, as the terminal or the system would. */
  signal(signal: StopSignal): void;
  /** Closes its standard output, as `| head` does. */
  closeOutput(): void;
  /** Ends it by whatever it listens to. */
  hangUp(): void;
}

/** A folder with a home, a data directory and a `geth` on PATH, and any number of terminals before it. */
export interface Workplace {
  readonly path: string;
  readonly paths: HomePaths;
  readonly dataDirectory: string;
  /** Arguments that give the node the data directory, and so an IPC endpoint. */
  readonly nodeArguments: readonly string[];
  /** The environment of the next commands. */
  readonly env: Record<string, string>;
  begin(...argv: readonly string[]): Begun;
  run(...argv: readonly string[]): Promise<Ran>;
  /** Runs a command as another process of the machine would. */
  runAs(context: Partial<AppContext>, ...argv: readonly string[]): Promise<Ran>;
  /** What `status --json` prints. */
  status(): Promise<StatusReport>;
  /** Waits until the status fits. */
  reaches(state: StatusReport['state']): Promise<StatusReport>;
  /** Begins a foreground supervisor and waits until its node is ready. */
  supervised(...options: readonly string[]): Promise<Begun>;
  /** Writes the control file of the fake geth. */
  control(changes: Readonly<Record<string, unknown>>): void;
}

/**
 * Commands that run in this process, against real nodes, sockets and files. All they started ends with the test,
 * also when it runs out of time.
 */
export async function workplace(): Promise<Workplace> {
  const folder = await temporaryDirectory();
  const home = join(folder.path, 'home');
  const dataDirectory = join(folder.path, 'data');
  const programs = join(folder.path, 'bin');
  mkdirSync(dataDirectory);
  mkdirSync(programs);
  symlinkSync(fakeGeth, join(programs, 'geth'));
  const env: Record<string, string> = {
    PATH: [programs, dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    HOME: folder.path,
    WEMIXVISOR_HOME: home,
  };
  const paths = homePaths(home, { temporaryDirectory: folder.path, uid: process.getuid?.() ?? -1 });
  const begun: Begun[] = [];

  function begin(context: Partial<AppContext>, argv: readonly string[]): Begun {
    const command = beginCommand({ env: { ...env }, cwd: folder.path, ...context }, argv);
    begun.push(command);
    return command;
  }

  const place: Workplace = {
    path: folder.path,
    paths,
    dataDirectory,
    nodeArguments: ['--datadir', dataDirectory],
    env,
    begin: (...argv) => begin({}, argv),
    run: (...argv) => begin({}, argv).done,
    runAs: (context, ...argv) => begin(context, argv).done,
    async status() {
      const { stdout, stderr } = await place.run('status', '--json');
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout) as StatusReport;
    },
    reaches: (state) =>
      waitFor(
        async () => {
          const status = await place.status();
          return status.state === state ? status : null;
        },
        { what: `state ${state}` },
      ),
    async supervised(...options) {
      const foreground = place.begin(
        'start',
        '--foreground',
        ...options,
        '--',
        ...place.nodeArguments,
      );
      const supervising = waitFor(
        async () => {
          const { state, supervisor_pid: pid } = await place.status();
          return state === 'running' && pid !== null;
        },
        { what: 'a supervised node that is running' },
      );
      await Promise.race([supervising, endedEarly(foreground)]);
      return foreground;
    },
    control: (changes) =>
      writeFileSync(join(dataDirectory, 'fake-geth.json'), JSON.stringify(changes)),
  };
  onTestFinished(async () => {
    await place.run('stop', '--force').catch(() => {});
    killLeftOver(paths);
    for (const command of begun) command.hangUp();
    await Promise.all(begun.map(({ done }) => done));
    await folder[Symbol.asyncDispose]();
  });
  return place;
}

async function endedEarly({ done }: Begun): Promise<never> {
  const { code, stderr } = await done;
  throw new Error(`the supervisor ended with ${code}: ${stderr}`);
}

/** For a test that failed half-way: the node that the state still names. */
function killLeftOver({ state }: HomePaths): void {
  const lifecycle = readState(state).state?.lifecycle;
  const run: NodeRun | null = lifecycle !== undefined && 'run' in lifecycle ? lifecycle.run : null;
  if (run !== null && isSameProcess(run.identity)) process.kill(run.identity.pid, 'SIGKILL');
}

function beginCommand(given: Partial<AppContext>, argv: readonly string[]): Begun {
  const stdout = collector();
  const stderr = collector();
  const listeners: { readonly signal: StopSignal; readonly listener: () => void }[] = [];
  const context: AppContext = {
    stdin: new PassThrough().end(),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: {},
    colorDepth: 1,
    cwd: '/',
    homeDirectory: '/nowhere',
    temporaryDirectory: '/tmp',
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    pid: process.pid,
    uid: process.getuid?.() ?? -1,
    self: [process.execPath, '-e', 'process.exit(1)'],
    interactive: false,
    columns: 80,
    nodeArguments: [],
    separated: false,
    onSignal(signal, listener) {
      const entry = { signal, listener };
      listeners.push(entry);
      return () => void listeners.splice(listeners.indexOf(entry), 1);
    },
    ...given,
  };
  const done = runCli(argv, context).then((code) => ({
    code,
    stdout: stdout.text(),
    stderr: stderr.text(),
  }));
  return {
    get stdout() {
      return stdout.text();
    },
    get stderr() {
      return stderr.text();
    },
    done,
    signal(signal) {
      const heard = listeners.filter((entry) => entry.signal === signal);
      if (heard.length === 0) throw new Error(`nobody listens to ${signal}: it would be deadly`);
      for (const { listener } of heard) listener();
    },
    closeOutput: () => void stdout.stream.destroy(),
    hangUp() {
      for (const { signal, listener } of [...listeners]) if (signal === 'SIGTERM') listener();
      stdout.stream.destroy();
    },
  };
}

function collector() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, written) {
      chunks.push(chunk);
      written();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
