import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isNodeAlive } from '@wemixvisor/process';
import { compiledCode, fakeGeth, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { onTestFinished, vi } from 'vitest';
import { homePaths, type HomePaths } from '../src/state/home-paths.ts';
import type { AppContext } from '../src/context.ts';
import { readState } from '../src/state/state-file.ts';
import type { StatusReport } from '../src/report/status-report.ts';
import { beginCommand, type Begun, type Ran } from './terminal.ts';

// The first command of a file also loads the program, which takes its time on a machine with other work to do.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

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
  /** The same with parts of the context replaced. */
  beginAs(context: Partial<AppContext>, ...argv: readonly string[]): Begun;
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
    XDG_CACHE_HOME: compiledCode,
    WEMIXVISOR_HOME: home,
  };
  const paths = homePaths(home, { temporaryDirectory: folder.path, uid: process.getuid?.() ?? -1 });
  const begun: Begun[] = [];

  function begin(context: Partial<AppContext>, argv: readonly string[]): Begun {
    const command = beginCommand(argv, {
      env: { ...env },
      cwd: folder.path,
      homeDirectory: folder.path,
      ...context,
    });
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
    beginAs: (context, ...argv) => begin(context, argv),
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
function killLeftOver(paths: HomePaths): void {
  const lifecycle = readState(paths).state?.lifecycle;
  const run = lifecycle !== undefined && 'run' in lifecycle ? lifecycle.run : null;
  if (run !== null && isNodeAlive(run)) process.kill(run.identity.pid, 'SIGKILL');
}
