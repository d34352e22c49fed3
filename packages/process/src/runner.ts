import type { ClassifyExit, HoldOver, LogMark } from './classify-exit.ts';
import { createEndObserver, type EndObserver } from './end-observer.ts';
import { ProcessError } from './errors.ts';
import type { Effect } from './lifecycle/effect.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessPorts } from './ports.ts';
import { resumeNode } from './signal-node.ts';
import { createSpawner, type Spawner } from './spawner.ts';
import type { StopPhaseOf } from './stop-follower.ts';
import { createStopper, type Stopper } from './stopper.ts';
import { createTimers, type Timers } from './timers.ts';

/** What the runner needs besides the ports. */
export interface RunnerOptions {
  readonly runDirectory: string;
  readonly openLog: () => number;
  /** The file behind `openLog`: who writes to it after the node's end has left its session. */
  readonly logFile: string | undefined;
  readonly classifyExit: ClassifyExit | undefined;
  readonly logMark: LogMark | undefined;
  readonly holdOver: HoldOver | undefined;
  readonly stopPhase: StopPhaseOf | undefined;
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
  /** Calls back as soon as the node can take a SIGTERM, or after a minute; a second call replaces the first. */
  whenItTakesSignals(run: NodeRun, onOver: () => void): void;
  /** Reads how a node ended whose first process is already gone. */
  learnEnd: EndObserver['learnEnd'];
  /** Why no node can be started or called stopped: processes of the last one left its session and live. */
  whyNotGone(): string | undefined;
  dispose(): void;
}

/** Creates the runner: processes, signals and timers are touched by it and its parts alone. */
export function createRunner(options: RunnerOptions, ports: ProcessPorts): Runner {
  const timers = createTimers(ports.clock);
  let disposed = false;
  const onRecorderEnded: EndObserver['recorderEnded'] = (...end) => {
    if (!disposed) ends.recorderEnded(...end);
  };
  const whyNotGone = (): string | undefined => ends.whyNotGone();
  const spawner = createSpawner({ ...options, timers, whyNotGone, onRecorderEnded }, ports);
  const bornAt = (generation: number): number | undefined => spawner.bornAt(generation);
  const stopper = createStopper({ ...options, timers }, ports);
  const ends = createEndObserver({ ...options, timers, bornAt }, ports);

  const parts = { ...options, timers, spawner, stopper, ends };
  return {
    run: (effect, persisted) => perform(effect, persisted, parts, ports),
    executed: (generation) => spawner.executed(generation),
    whenItTakesSignals: (...wait) => stopper.whenItTakesSignals(...wait),
    learnEnd: (...end) => ends.learnEnd(...end),
    whyNotGone,
    dispose() {
      disposed = true;
      timers.dispose();
      spawner.dispose();
    },
  };
}

/** Who carries out effects. */
interface RunnerParts extends RunnerOptions {
  readonly timers: Timers;
  readonly spawner: Spawner;
  readonly stopper: Stopper;
  readonly ends: EndObserver;
}

/** Hands an effect to whoever carries it out. */
function perform(
  effect: Effect,
  persisted: boolean,
  parts: RunnerParts,
  ports: ProcessPorts,
): void {
  const { timers, spawner, stopper, ends } = parts;
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
      resumeNode(effect.run, ports);
      spawner.adopted(effect.generation);
      ends.watch(effect.run, effect.generation);
      break;
    case 'terminate':
      stopper.terminate(effect);
      break;
    case 'followStop':
      stopper.follow(effect);
      break;
    case 'askProgress':
      stopper.tellProgress(effect);
      break;
    case 'kill':
      stopper.askNoMore();
      ends.kill(effect.run);
      break;
    case 'startTimer':
      startTimer(effect, parts, ports);
      break;
    case 'cancelTimer':
      timers.cancel(effect.timer);
      break;
    case 'checkHold':
      void checkHold(effect, parts);
      break;
  }
}

function startTimer(
  { timer, generation, delayMs }: Extract<Effect, { type: 'startTimer' }>,
  { timers, dispatch }: RunnerParts,
  { clock }: ProcessPorts,
): void {
  timers.arm(timer, delayMs, () =>
    dispatch({ type: 'timerFired', timer, generation, at: clock.now() }),
  );
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
