import type { ClassifyExit, HoldOver, LogMark } from './classify-exit.ts';
import { createEndObserver, type EndObserver } from './end-observer.ts';
import { ProcessError } from './errors.ts';
import type { Effect } from './lifecycle/effect.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessPorts } from './ports.ts';
import { signalGroup, signalProcess } from './signal-node.ts';
import { createSpawner } from './spawner.ts';
import { createTimers } from './timers.ts';

/** What the runner needs besides the ports. */
export interface RunnerOptions {
  readonly runDirectory: string;
  readonly openLog: () => number;
  /** The file behind `openLog`: who writes to it after the node's end has left its session. */
  readonly logFile: string | undefined;
  readonly classifyExit: ClassifyExit | undefined;
  readonly logMark: LogMark | undefined;
  readonly holdOver: HoldOver | undefined;
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
  /** Reads how a node ended whose first process is already gone. */
  learnEnd: EndObserver['learnEnd'];
  /** Why no node can be started or called stopped: processes of the last one left its session and live. */
  whyNotGone(): string | undefined;
  dispose(): void;
}

/** Creates the runner: processes, signals and timers are touched by it and its two parts alone. */
export function createRunner(options: RunnerOptions, ports: ProcessPorts): Runner {
  const { dispatch } = options;
  const timers = createTimers(ports.clock);
  let disposed = false;
  const onRecorderEnded: EndObserver['recorderEnded'] = (...end) => {
    if (!disposed) ends.recorderEnded(...end);
  };
  const whyNotGone = (): string | undefined => ends.whyNotGone();
  const spawner = createSpawner({ ...options, timers, whyNotGone, onRecorderEnded }, ports);
  const bornAt = (generation: number): number | undefined => spawner.bornAt(generation);
  const ends = createEndObserver({ ...options, timers, bornAt }, ports);

  const startTimer = ({ timer, generation, delayMs }: Extract<Effect, { type: 'startTimer' }>) =>
    timers.arm(timer, delayMs, () =>
      dispatch({ type: 'timerFired', timer, generation, at: ports.clock.now() }),
    );

  return {
    run(effect, persisted) {
      switch (effect.type) {
        case 'spawn':
          void spawner.spawn(effect.generation, effect.command);
          break;
        case 'release':
          spawner.release(effect.generation, persisted);
          break;
        case 'abandon':
          spawner.abandon(effect.generation);
          break;
        case 'watch':
          resume(effect.run, ports);
          spawner.adopted(effect.generation);
          ends.watch(effect.run, effect.generation);
          break;
        case 'terminate':
          if (!terminate(effect.run, ports)) break;
          dispatch({ type: 'terminationDelivered', generation: effect.generation });
          break;
        case 'kill':
          ends.kill(effect.run);
          break;
        case 'startTimer':
          startTimer(effect);
          break;
        case 'cancelTimer':
          timers.cancel(effect.timer);
          break;
        case 'checkHold':
          void checkHold(effect, options);
          break;
      }
    },
    executed: (generation) => spawner.executed(generation),
    learnEnd: (...end) => ends.learnEnd(...end),
    whyNotGone,
    dispose() {
      disposed = true;
      timers.dispose();
      spawner.dispose();
    },
  };
}

/** Resumes a node that may be paused: an earlier supervisor may have died while it was. */
function resume(run: NodeRun, ports: ProcessPorts): void {
  signalGroup(run, 'SIGCONT', ports);
}

/** True when the node received its SIGTERM; one that is paused (SIGSTOP) receives it only when it is resumed. */
function terminate(run: NodeRun, ports: ProcessPorts): boolean {
  const delivered = signalProcess(run.identity, 'SIGTERM', ports);
  if (delivered) resume(run, ports);
  return delivered;
}

/** Finds out whether what keeps the node from running has cleared. */
async function checkHold(
  { generation, exit }: Extract<Effect, { type: 'checkHold' }>,
  { holdOver, dispatch, report }: Pick<RunnerOptions, 'holdOver' | 'dispatch' | 'report'>,
): Promise<void> {
  const tell = (over: boolean): void => dispatch({ type: 'holdChecked', generation, over });
  try {
    tell((await holdOver?.(exit)) ?? true);
  } catch (cause) {
    const message = `whether the node can be started again could not be found out: ${String(cause)}`;
    report(new ProcessError('HOLD_CHECK_FAILED', message, { cause }));
    tell(false);
  }
}
