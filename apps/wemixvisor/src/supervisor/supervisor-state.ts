import { existsSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { initialLifecycle, type LifecycleRecord } from '@wemixvisor/process';
import { AppError } from '../app-error.ts';
import type { LaunchFacts } from '../report/status-report.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { StartSources } from '../settings/resolve-settings.ts';
import {
  noSources,
  readLastStart,
  readLaunchFile,
  writeLaunchFile,
  type LastStart,
  type LaunchFile,
} from '../state/launch-file.ts';
import { fileStamp } from '../state/file-stamp.ts';
import { launchOf } from '../state/launch.ts';
import { recallState, runOf } from '../state/recall-state.ts';
import { setAside, writeState, type State } from '../state/state-file.ts';
import type { SettingsHolder } from './settings-holder.ts';

/** The one writer of state.json, its copy and launch.json. */
export interface SupervisorState {
  /** The lifecycle as it was written last. */
  readonly lifecycle: LifecycleRecord;
  /** The stamp of the node's program when it was last started; null where that is not known. */
  readonly startedProgram: string | null;
  /** What a start without arguments repeats; undefined where nothing was started. */
  readonly lastStart: LastStart | undefined;
  /** Writes the lifecycle; durable when it returns. */
  persist(record: LifecycleRecord): void;
  /** Writes the copy of state.json where it does not have the present node, which may run already. */
  backUp(): void;
  /** Writes launch.json anew where the sources of the settings changed and the node did not. */
  rememberSources(): void;
  /** Puts back the launch.json of before, unless a start of this supervisor has reached `running` or a node is left. */
  forgetTrial(): void;
}

/** What the state of a supervisor is made from. */
export interface SupervisorStateOptions {
  readonly paths: HomePaths;
  readonly settings: SettingsHolder;
  /** What an earlier supervisor left. */
  readonly earlier: Pick<State, 'lifecycle' | 'starts'>;
  /** What may be shown of a command. */
  readonly shown: (command: LifecycleRecord['command']) => LaunchFacts | null;
}

/** Starts of the node that are remembered, for `logs --run`. */
const startsKept = 100;

/** Opens the state of a home with what an earlier supervisor left. */
export function openSupervisorState(options: SupervisorStateOptions): SupervisorState {
  const { paths, settings, earlier, shown } = options;
  let { lifecycle, starts } = earlier;
  let backedUp: number | null = null;
  const before = readLaunchFile(paths.launch);
  let good = before?.good ?? null;
  let hasRun = false;
  const stateNow = (): State => {
    const launch = shown(lifecycle.command);
    return { lifecycle, launch, starts, socket: paths.socket };
  };
  const launchParts = () => [...commandsOf(lifecycle), settings.sources, good];
  let launchWritten: readonly unknown[] = launchParts();

  /** Before state.json: a node never runs whose command is not on disk. */
  function keepLaunch(): void {
    const [launch, next] = [launchOf(lifecycle.command), launchOf(nextOf(lifecycle))];
    const { sources } = settings;
    const isRunning = lifecycle.state === 'running';
    hasRun ||= isRunning;
    const reached = isRunning && launch !== null ? { ...sources, launch } : good;
    if (!isDeepStrictEqual(reached, good)) good = reached;
    const parts = launchParts();
    if (launch === null || parts.every((part, at) => part === launchWritten[at])) return;
    const upgrade = upgradeCommandsOf(lifecycle);
    writeLaunchFile(paths.launch, { launch, next, sources, good, upgrade });
    launchWritten = parts;
  }

  return {
    get lifecycle() {
      return lifecycle;
    },
    get startedProgram() {
      return starts.at(-1)?.program ?? null;
    },
    get lastStart() {
      const launch = launchOf(nextOf(lifecycle) ?? lifecycle.command);
      return launch === null ? undefined : { ...settings.sources, launch };
    },
    persist(record) {
      lifecycle = record;
      starts = startsWith(starts, record);
      keepLaunch();
      writeState(paths.state, stateNow());
    },
    backUp() {
      const pid = runOf(lifecycle)?.identity.pid ?? null;
      // Without a node there is nothing that the copy could find.
      if (pid === null || pid === backedUp) return;
      writeState(paths.stateBackup, stateNow());
      backedUp = pid;
    },
    rememberSources: keepLaunch,
    forgetTrial() {
      if (hasRun || runOf(lifecycle) !== null) return;
      if (before === undefined) rmSync(paths.launch, { force: true });
      else writeLaunchFile(paths.launch, before);
    },
  };
}

/** The starts of a node with that of the present process. */
function startsWith(starts: State['starts'], record: LifecycleRecord): State['starts'] {
  const run = runOf(record);
  if (run === null || run.startedAt === starts.at(-1)?.at) return starts;
  const { startedAt: at, logMark = null } = run;
  const program = fileStamp(record.command?.file ?? '');
  return [...starts, { at, logMark, program }].slice(-startsKept);
}

/** All commands of a record. */
function commandsOf(record: LifecycleRecord): readonly unknown[] {
  const { command, upgrade } = record;
  return [command, nextOf(record), upgrade?.from, upgrade?.to];
}

/** The commands of the upgrade in the record. */
function upgradeCommandsOf({ upgrade }: LifecycleRecord): LaunchFile['upgrade'] {
  const to = launchOf(upgrade?.to ?? null);
  if (upgrade === undefined || to === null) return null;
  const { id } = upgrade.plan as { readonly id?: unknown };
  return { id, from: launchOf(upgrade.from), to };
}

function nextOf(record: LifecycleRecord): LifecycleRecord['command'] {
  return record.state === 'stopping' ? record.next : null;
}

/** What an earlier supervisor left, and what the operator should hear of it. */
export interface Recollection {
  readonly earlier: Pick<State, 'lifecycle' | 'starts'>;
  /** Where the settings of the last start came from. */
  readonly sources: StartSources;
  readonly notice: string | null;
}

/**
 * Reads what an earlier supervisor left; an unreadable state.json is set aside. What the node was last started with is
 * in a file of its own and is known without it.
 *
 * @throws AppError for a state that a later version wrote.
 */
export function recollect(paths: HomePaths): Recollection {
  const { state, problem, newer } = recallState(paths);
  if (newer === true) throw new AppError(String(problem));
  const last = readLastStart(paths.launch);
  const fresh = { lifecycle: { ...initialLifecycle, command: last?.launch ?? null }, starts: [] };
  return {
    earlier: state ?? fresh,
    sources: last ?? noSources,
    notice: problem === null ? null : noticeOf(problem, paths, state),
  };
}

function noticeOf(problem: string, paths: HomePaths, state: State | undefined): string {
  const kept = existsSync(paths.state) ? `${problem}: kept as ${setAside(paths.state)}` : problem;
  const pid = state === undefined ? undefined : runOf(state.lifecycle)?.identity.pid;
  return pid === undefined
    ? `${kept}, starting without it`
    : `${kept}, its copy found the running node (pid ${pid})`;
}
