import { closeSync } from 'node:fs';
import { readExitRecord, removeExitRecord, type ExitRecord } from './exit-record.ts';
import type { Effect } from './lifecycle/effect.ts';
import type { LifecycleEvent, TimerName } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import { whyNotExecutable, type NodeCommand } from './node-command.ts';
import type { ProcessIdentity, ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';
import { recorderName, spawnNode, type SpawnedNode } from './spawn-node.ts';
import { watchNode } from './watch-node.ts';

/** What the runner needs: the ports, and where its events go. */
export interface RunnerOptions extends ProcessPorts {
  readonly runDirectory: string;
  readonly openLog: () => number;
  readonly command: () => NodeCommand | undefined;
  readonly dispatch: (event: LifecycleEvent) => void;
  /** {@link Runner.executed} says more than before. */
  readonly onExecuted: () => void;
}

/** Carries out effects and feeds their results back as events. */
export interface Runner {
  /** `persisted` is false when the new state could not be written: then no node is run. */
  run(effect: Effect, persisted: boolean): void;
  /** Whether the program of that generation was executed. */
  executed(generation: number): boolean;
  /** Finds out how a node ended that is already gone. */
  learnEnd(run: NodeRun, generation: number): void;
  signalGroup(run: NodeRun, signal: NodeJS.Signals): boolean;
  dispose(): void;
}

/** Milliseconds between two looks whether the child became the node, and after which it is taken for granted. */
const executedPollMs = 1;
const executedPatienceMs = 2_000;

/** Makes the one place where processes, signals and timers are touched. */
export function createRunner(options: RunnerOptions): Runner {
  const { clock, platform, dispatch, runDirectory } = options;
  const timers = new Map<string, () => void>();
  let child: { readonly generation: number; readonly node: SpawnedNode } | undefined;
  let executedGeneration = 0;
  let startedAt = { generation: 0, monotonic: 0 };
  let disposed = false;

  const jitter = (): number => options.random();

  function arm(name: string, delayMs: number, callback: () => void): void {
    cancel(name);
    timers.set(name, clock.setTimer(callback, delayMs));
  }

  function cancel(name: string): void {
    timers.get(name)?.();
    timers.delete(name);
  }

  async function spawn(generation: number): Promise<void> {
    const command = options.command();
    const why = command === undefined ? 'no command is known' : whyNotExecutable(command);
    if (command === undefined || why !== undefined) return failed(generation, why ?? '', true);
    removeExitRecord(runDirectory, generation - 1);
    try {
      const log = options.openLog();
      const node = await spawnNode(command, { runDirectory, generation, log }).finally(() =>
        closeSync(log),
      );
      if (disposed) return node.abandon();
      announce(generation, node);
    } catch (error) {
      failed(generation, `the node could not be spawned: ${(error as Error).message}`, false);
    }
  }

  function failed(generation: number, reason: string, permanent: boolean): void {
    const at = clock.now();
    // Never from within the transition that ordered the spawn.
    queueMicrotask(() =>
      dispatch({ type: 'spawnFailed', generation, at, reason, permanent, jitter: jitter() }),
    );
  }

  function announce(generation: number, node: SpawnedNode): void {
    const identity = platform.identify(node.pid);
    if (identity === undefined) {
      node.abandon();
      return failed(generation, 'the new process ended at once', false);
    }
    child = { generation, node };
    startedAt = { generation, monotonic: clock.monotonic() };
    const recorder = platform.identify(node.recorderPid) ?? null;
    const run: NodeRun = { identity, recorder, startedAt: clock.now(), adopted: false };
    void node.recorderEnded.then((status) => {
      if (disposed) return;
      const ended = readExitRecord(runDirectory, generation) ?? endOf(status, clock.now());
      // The recorder was killed alone: the node goes on and is watched like an adopted one.
      if (ended === undefined || isSameProcess(identity, platform)) watch(run, generation);
      else exited(run, generation, ended);
    });
    dispatch({ type: 'spawned', generation, run });
  }

  function release(generation: number, persisted: boolean): void {
    if (child?.generation !== generation) return;
    if (!persisted) {
      child.node.abandon();
      return failed(generation, 'the state could not be saved, so the node was not run', false);
    }
    child.node.release();
    awaitExecution(child.node.pid, generation, clock.monotonic() + executedPatienceMs);
  }

  function awaitExecution(pid: number, generation: number, deadline: number): void {
    const waits = platform.commandLine(pid)?.includes(recorderName) === true;
    if (waits && clock.monotonic() < deadline) {
      arm('execution', executedPollMs, () => awaitExecution(pid, generation, deadline));
      return;
    }
    executedGeneration = generation;
    options.onExecuted();
  }

  function watch(run: NodeRun, generation: number): void {
    cancel('watch');
    const stop = watchNode(
      { run, generation, runDirectory },
      (record) => exited(run, generation, record),
      options,
    );
    timers.set('watch', stop);
  }

  function exited(run: NodeRun, generation: number, record: ExitRecord | undefined): void {
    const seenAt = clock.now();
    const { code = null, signal = null, ran = true } = record ?? {};
    const at = Math.min(seenAt, Math.max(record?.at ?? seenAt, run.startedAt));
    const own = startedAt.generation === generation;
    const uptimeMs = own ? clock.monotonic() - startedAt.monotonic : at - run.startedAt;
    dispatch({
      type: 'exited',
      generation,
      at,
      seenAt,
      code,
      signal,
      uptimeMs: Math.round(uptimeMs),
      ran,
      jitter: jitter(),
    });
  }

  /** A signal goes out only right behind a look at the process it is meant for. */
  function signal(identity: ProcessIdentity, name: NodeJS.Signals): boolean {
    return isSameProcess(identity, platform) && options.signal(identity.pid, name);
  }

  function killGroup(run: NodeRun): void {
    signal(run.identity, 'SIGKILL');
    const group = run.recorder;
    const rest = (): void => {
      if (isSameProcess(run.identity, platform)) return arm('group', 10, rest);
      if (group !== null && isSameProcess(group, platform)) options.signal(-group.pid, 'SIGKILL');
    };
    arm('group', 10, rest);
  }

  return {
    run(effect, persisted) {
      switch (effect.type) {
        case 'spawn':
          return void spawn(effect.generation);
        case 'release':
          return release(effect.generation, persisted);
        case 'abandon':
          return child?.generation === effect.generation ? child.node.abandon() : undefined;
        case 'watch':
          signal(effect.run.identity, 'SIGCONT');
          return watch(effect.run, effect.generation);
        case 'terminate':
          if (signal(effect.run.identity, 'SIGTERM')) {
            dispatch({ type: 'terminationDelivered', generation: effect.generation });
          }
          return;
        case 'kill':
          return killGroup(effect.run);
        case 'startTimer':
          return startTimer(effect.timer, effect.generation, effect.delayMs);
        case 'cancelTimer':
          return cancel(effect.timer);
      }
    },
    executed: (generation) => executedGeneration >= generation,
    learnEnd: watch,
    signalGroup: (run, name) =>
      isSameProcess(run.identity, platform) &&
      run.recorder !== null &&
      options.signal(-run.recorder.pid, name),
    dispose() {
      disposed = true;
      for (const stop of timers.values()) stop();
      timers.clear();
    },
  };

  function startTimer(timer: TimerName, generation: number, delayMs: number): void {
    arm(timer, delayMs, () => dispatch({ type: 'timerFired', timer, generation, at: clock.now() }));
  }
}

/** What the recorder's own end says when its record could not be written (a full disk). */
function endOf({ code }: { readonly code: number | null }, at: number): ExitRecord | undefined {
  return code === null ? undefined : { code, signal: null, ran: true, at };
}
