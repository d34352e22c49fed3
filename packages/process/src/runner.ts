import type { ClassifyExit } from './classify-exit.ts';
import { createEndObserver } from './end-observer.ts';
import type { ProcessError } from './errors.ts';
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

/** Creates the runner: processes, signals and timers are touched by it and its two parts alone. */
export function createRunner(options: RunnerOptions, ports: ProcessPorts): Runner {
  const { dispatch } = options;
  const { clock } = ports;
  const timers = createTimers(clock);
  let disposed = false;
  const spawner = createSpawner(
    {
      ...options,
      timers,
      onRecorderEnded: (...end) => {
        if (!disposed) ends.recorderEnded(...end);
      },
    },
    ports,
  );
  const ends = createEndObserver({ ...options, timers, bornAt: spawner.bornAt }, ports);

  function adopt({ generation, run }: Extract<Effect, { type: 'watch' }>): void {
    // An earlier supervisor may have died while the node was paused.
    signalGroup(run, 'SIGCONT', ports);
    spawner.adopted(generation);
    ends.watch(run, generation);
  }

  function terminate({ generation, run }: Extract<Effect, { type: 'terminate' }>): void {
    if (!signalProcess(run.identity, 'SIGTERM', ports)) return;
    // A node that was paused (SIGSTOP) receives its SIGTERM only when it is resumed.
    signalGroup(run, 'SIGCONT', ports);
    dispatch({ type: 'terminationDelivered', generation });
  }

  function startTimer({ timer, generation, delayMs }: Extract<Effect, { type: 'startTimer' }>) {
    const fired = (): void => dispatch({ type: 'timerFired', timer, generation, at: clock.now() });
    timers.arm(timer, delayMs, fired);
  }

  return {
    run(effect, persisted) {
      switch (effect.type) {
        case 'spawn':
          return void spawner.spawn(effect.generation, effect.command);
        case 'release':
          return spawner.release(effect.generation, persisted);
        case 'abandon':
          return spawner.abandon(effect.generation);
        case 'watch':
          return adopt(effect);
        case 'terminate':
          return terminate(effect);
        case 'kill':
          return ends.kill(effect.run);
        case 'startTimer':
          return startTimer(effect);
        case 'cancelTimer':
          return timers.cancel(effect.timer);
      }
    },
    executed: (generation) => spawner.executed(generation),
    learnEnd: (run, generation) => ends.learnEnd(run, generation),
    dispose() {
      disposed = true;
      timers.dispose();
      spawner.dispose();
    },
  };
}
