import { existsSync } from 'node:fs';
import type { LifecycleRecord } from '@wemixvisor/process';
import type { HomePaths } from '../state/home-paths.ts';
import type { Settings } from '../settings/settings.ts';
import type { KillCause } from '../report/kill-cause.ts';
import type { Launch } from '../control/operations.ts';
import { recallState, runOf } from '../state/recall-state.ts';
import { setAside, writeState, type State } from '../state/state-file.ts';
import { describeLaunch, type LaunchDescription } from './describe-launch.ts';

/** What a supervisor remembers in state.json: the lifecycle, what is shown of the launch, the node's last words. */
export interface Book {
  readonly launch: Launch | undefined;
  readonly description: LaunchDescription | null;
  readonly lastLine: string | null;
  /** Why the latest process was killed. */
  readonly killedFor: KillCause | null;
  /** Failures of the node in a row. */
  readonly failures: number;
  /** The node's process group: it is led by the shell that started it. Null while no node runs. */
  readonly groupId: number | null;
  /** Reads a launch and remembers it as the one that is shown. */
  describe(launch: Launch, options: Pick<Settings, 'rpcUrl' | 'rpcHeaders'>): LaunchDescription;
  /** Writes the lifecycle; durable when it returns. */
  persist(record: LifecycleRecord): void;
  /** Remembers why the node is killed; it is written with what follows. */
  noteKill(cause: KillCause | null): void;
  /** Writes down the last line that the node wrote. */
  noteLastLine(line: string | null): void;
}

/** Starts of the node that are remembered, for `logs --run`. */
const startsKept = 100;

/** Opens the book of a home with what an earlier supervisor left. */
export function openBook(
  paths: HomePaths,
  platform: 'linux' | 'darwin',
  earlier: State | undefined,
): Book {
  let latest: LifecycleRecord | undefined;
  let launch: Launch | undefined;
  let description: LaunchDescription | null = null;
  let lastLine = earlier?.lastLine ?? null;
  let killedFor = earlier?.killedFor ?? null;
  let starts = earlier?.starts ?? [];
  let backedUp: number | null = null;

  const recorded = () => latest ?? earlier?.lifecycle;

  function rewrite(): void {
    if (latest === undefined) return;
    const shown = description?.shown ?? null;
    const { socket } = paths;
    const state: State = { lifecycle: latest, launch: shown, lastLine, killedFor, starts, socket };
    writeState(paths.state, state);
    const pid = runOf(latest)?.identity.pid ?? null;
    if (pid === backedUp) return;
    writeState(paths.stateBackup, state);
    backedUp = pid;
  }

  return {
    get launch() {
      return launch;
    },
    get description() {
      return description;
    },
    get lastLine() {
      return lastLine;
    },
    get killedFor() {
      return killedFor;
    },
    get failures() {
      return recorded()?.failures ?? 0;
    },
    get groupId() {
      const record = recorded();
      return (record === undefined ? null : runOf(record))?.recorder.pid ?? null;
    },
    describe(next, { rpcUrl, rpcHeaders }) {
      launch = next;
      description = describeLaunch(next, { rpcUrl, rpcHeaders, platform });
      return description;
    },
    persist(record) {
      latest = record;
      const startedAt = runOf(record)?.startedAt;
      if (startedAt !== undefined && startedAt !== starts.at(-1)) {
        starts = [...starts, startedAt].slice(-startsKept);
      }
      rewrite();
    },
    noteKill(cause) {
      killedFor = cause;
    },
    noteLastLine(line) {
      lastLine = line;
      rewrite();
    },
  };
}

/** What an earlier supervisor left, and what the operator should hear of it. */
export interface Recollection {
  readonly state: State | undefined;
  readonly notice: string | null;
}

/** Reads what an earlier supervisor left; an unreadable state.json is set aside. */
export function recollect(paths: HomePaths): Recollection {
  const { state, problem } = recallState(paths);
  if (problem === null) return { state, notice: null };
  const kept = existsSync(paths.state) ? `${problem}: kept as ${setAside(paths.state)}` : problem;
  const pid = state === undefined ? undefined : runOf(state.lifecycle)?.identity.pid;
  return pid === undefined
    ? { state, notice: `${kept}, starting without it` }
    : { state, notice: `${kept}, its copy found the running node (pid ${pid})` };
}
