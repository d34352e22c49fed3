import { classifyExit, noFindings, type ClassifyExit, type ExitFindings } from './classify-exit.ts';
import type { ProcessError } from './errors.ts';
import type { ExitRecord } from './exit-record.ts';
import type { Effect } from './lifecycle/effect.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import { whyNotExecutable, type NodeCommand } from './node-command.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';
import { recorderName } from './recorder-script.ts';
import { signalGroup, signalProcess } from './signal-node.ts';
import { spawnLogged } from './spawn-logged.ts';
import type { SpawnedNode } from './spawn-node.ts';
import { createTimers } from './timers.ts';
import { watchNode } from './watch-node.ts';

/** What the runner needs besides the ports. */
export interface RunnerOptions {
  readonly runDirectory: string;
  readonly openLog: () => number;
  readonly classifyExit: ClassifyExit | undefined;
  readonly report: (error: ProcessError) => void;
  readonly dispatch: (event: LifecycleEvent) => void;
  /** Called when {@link Runner.executed} may have changed. */
  readonly onExecuted: () => void;
}

/** Runs effects and feeds their results back as events. */
export interface Runner {
  /** `persisted` is false when the new state could not be written: then no node is run. */
  run(effect: Effect, persisted: boolean): void;
  /** Whether the program of that generation was executed. */
  executed(generation: number): boolean;
  /** Reads how a node ended that is already gone. */
  learnEnd(run: NodeRun, generation: number): void;
  dispose(): void;
}

/** The child this supervisor made. */
interface Child {
  readonly generation: number;
  readonly node: SpawnedNode;
  /** On the monotonic clock. */
  readonly bornAt: number;
}

/** Milliseconds between two checks whether the child became the node, and after which that is assumed. */
const executionPollMs = 2;
const executionPatienceMs = 2_000;

/** Creates the runner: the only place that touches processes, signals and timers. */
export function createRunner(options: RunnerOptions, ports: ProcessPorts): Runner {
  const { runDirectory, dispatch, report, classifyExit: classify } = options;
  const { clock, platform } = ports;
  const timers = createTimers(clock);
  let child: Child | undefined;
  let killing: NodeRun | undefined;
  let learned: NodeRun | undefined;
  let executed = 0;
  let disposed = false;

  async function spawn(generation: number, command: NodeCommand | null): Promise<void> {
    await Promise.resolve(); // the event that caused this spawn is not done yet
    if (disposed) return;
    const why = command === null ? 'no command is known' : whyNotExecutable(command);
    if (command === null || why !== undefined) {
      failed(generation, why ?? '', true);
      return;
    }
    try {
      const where = { runDirectory, generation };
      announce(generation, await spawnLogged(command, where, options.openLog, ports.spawn));
    } catch (error) {
      failed(generation, `the node could not be started: ${(error as Error).message}`, false);
    }
  }

  function failed(generation: number, reason: string, permanent: boolean): void {
    const at = clock.now();
    const jitter = ports.random();
    dispatch({ type: 'spawnFailed', generation, at, reason, permanent, jitter });
  }

  function announce(generation: number, node: SpawnedNode): void {
    const identity = platform.identify(node.pid);
    const recorder = platform.identify(node.recorderPid);
    if (disposed || identity === undefined || recorder === undefined) {
      node.abandon();
      node.unref();
      failed(generation, 'the new process ended at once', false);
      return;
    }
    child = { generation, node, bornAt: clock.monotonic() };
    const run: NodeRun = { identity, recorder, startedAt: clock.now(), adopted: false };
    void node.recorderEnded.then((status) => recorderEnded(run, generation, status));
    dispatch({ type: 'spawned', generation, run });
  }

  function recorderEnded(run: NodeRun, generation: number, status: number | null): void {
    if (disposed) return;
    const record = ports.readExit(runDirectory, generation);
    if (record !== undefined) ended(run, generation, record);
    // When only the recorder was killed the node goes on: it is polled like an adopted one.
    else if (isSameProcess(run.identity, platform)) watch(run, generation);
    // The record could not be written (a full disk), but a recorder ends with the node's own status.
    else ended(run, generation, { code: status, signal: null, ran: true, at: clock.now() });
  }

  function release(generation: number, persisted: boolean): void {
    if (child?.generation !== generation) return;
    if (persisted) {
      child.node.release();
      awaitExecution(child, clock.monotonic() + executionPatienceMs);
      return;
    }
    const reason = 'the state could not be saved, so the node was not run: check the disk';
    failed(generation, reason, false);
    child.node.abandon();
  }

  function awaitExecution(of: Child, deadline: number): void {
    const waits = platform.commandLine(of.node.pid)?.includes(recorderName) === true;
    if (waits && clock.monotonic() < deadline) {
      timers.arm('execution', executionPollMs, () => awaitExecution(of, deadline));
      return;
    }
    executed = of.generation;
    options.onExecuted();
  }

  function watch(run: NodeRun, generation: number): void {
    timers.cancel('watch');
    const onGone = (record: ExitRecord | undefined): void => ended(run, generation, record);
    // The first check comes after the present transition, because the node may be gone already.
    timers.arm('watch', 0, () => {
      timers.keep('watch', watchNode({ run, generation, runDirectory }, onGone, ports));
    });
  }

  function ended(run: NodeRun, generation: number, record: ExitRecord | undefined): void {
    const seenAt = clock.now();
    const { code = null, signal = null, ran = true } = record ?? {};
    const at = Math.min(seenAt, Math.max(record?.at ?? seenAt, run.startedAt));
    const own = child?.generation === generation ? child : undefined;
    // An earlier supervisor may have killed a node that is gone at adoption: the record tells.
    const killed = killing === run || learned === run;
    if (killing === run) signalGroup(run, 'SIGKILL', ports);
    killing = undefined;
    if (own !== undefined && !ran) {
      failed(generation, 'the new process ended before it could become the node', false);
      return;
    }
    const uptimeMs = Math.round(
      own === undefined ? Math.max(0, at - run.startedAt) : clock.monotonic() - own.bornAt,
    );
    const end = { generation, code, signal, at, seenAt, uptimeMs };
    const seen = clock.monotonic();
    const exited = (findings: ExitFindings): void => {
      const classifiedAt = seenAt + Math.round(clock.monotonic() - seen);
      const jitter = ports.random();
      dispatch({ type: 'exited', ...end, classifiedAt, findings, killed, ran, jitter });
    };
    if (classify === undefined || !ran) exited(noFindings);
    else timers.keep('classify', classifyExit(end, { classify, clock, report }, exited));
  }

  return {
    run(effect, persisted) {
      switch (effect.type) {
        case 'spawn':
          void spawn(effect.generation, effect.command);
          break;
        case 'release':
          release(effect.generation, persisted);
          break;
        case 'abandon':
          if (child?.generation === effect.generation) child.node.abandon();
          break;
        case 'watch':
          // An earlier supervisor may have died while the node was paused.
          signalGroup(effect.run, 'SIGCONT', ports);
          executed = effect.generation;
          watch(effect.run, effect.generation);
          break;
        case 'terminate':
          if (signalProcess(effect.run.identity, 'SIGTERM', ports)) {
            // A node that was paused (SIGSTOP) receives its SIGTERM only when it is resumed.
            signalGroup(effect.run, 'SIGCONT', ports);
            dispatch({ type: 'terminationDelivered', generation: effect.generation });
          }
          break;
        case 'kill':
          // The node first: its group includes the recorder, which has to write how it ended.
          killing = effect.run;
          signalProcess(effect.run.identity, 'SIGKILL', ports);
          break;
        case 'startTimer': {
          const { timer, generation, delayMs } = effect;
          timers.arm(timer, delayMs, () =>
            dispatch({ type: 'timerFired', timer, generation, at: clock.now() }),
          );
          break;
        }
        case 'cancelTimer':
          timers.cancel(effect.timer);
          break;
      }
    },
    executed: (generation) => executed >= generation,
    learnEnd(run, generation) {
      learned = run;
      watch(run, generation);
    },
    dispose() {
      disposed = true;
      timers.dispose();
      child?.node.unref();
    },
  };
}
