import type { LifecycleEvent } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessPorts } from './ports.ts';
import { isNodeAlive } from './survivors.ts';
import type { Timers } from './timers.ts';

/** What a node that received its SIGTERM does at one moment. */
export interface StopProgress {
  /** For people, with the node in front of it: `writing cached state`. */
  readonly what: string;
  /** It writes its state to the disk: killed now, it would lose what is not written. */
  readonly isWriting: boolean;
  /** Anything that changes when it gets on, such as the number of lines it wrote. */
  readonly position: number;
}

/** Looks what a node does that received its SIGTERM; null where that cannot be told. `logMark` is where the log of this process begins. */
export type StopPhaseOf = (logMark: string | null) => Promise<StopProgress | null>;

/** What a follower needs besides the ports. */
export interface StopFollowerOptions {
  readonly stopPhase: StopPhaseOf | undefined;
  readonly timers: Timers;
  readonly dispatch: (event: LifecycleEvent) => void;
}

/** Follows what a node does between SIGTERM and its end. */
export interface StopFollower {
  follow(run: NodeRun, generation: number): void;
  /** Whether it writes its state, and got on with it a short time ago. */
  isWriting(): boolean;
}

/** Milliseconds between two looks. */
const lookMs = 1000;
/** Milliseconds without a new line and without work of the processor after which a node that writes has got stuck. */
const patienceMs = 30_000;

/** Creates a follower of nothing yet. */
export function createStopFollower(
  { stopPhase, timers, dispatch }: StopFollowerOptions,
  { clock, platform }: ProcessPorts,
): StopFollower {
  let last: { readonly seen: StopProgress; readonly cpuMs: number } | null = null;
  let wentOnAt = -Infinity;

  const look = async (run: NodeRun, generation: number): Promise<void> => {
    const seen = (await stopPhase?.(run.logMark ?? null).catch(() => null)) ?? null;
    const cpuMs = platform.usage(run.identity.pid)?.cpuMs ?? 0;
    const wentOn = seen?.position !== last?.seen.position || cpuMs > (last?.cpuMs ?? 0);
    if (wentOn) wentOnAt = clock.monotonic();
    last = seen === null ? null : { seen, cpuMs };
    dispatch({ type: 'stopPhaseSeen', generation, at: clock.now(), what: seen?.what ?? null });
  };
  const follow = (run: NodeRun, generation: number): void => {
    if (stopPhase === undefined) return;
    timers.arm('follow', lookMs, () => {
      void look(run, generation).then(() => {
        if (isNodeAlive(run, platform)) follow(run, generation);
      });
    });
  };
  return {
    follow(run, generation) {
      last = null;
      wentOnAt = -Infinity;
      follow(run, generation);
    },
    isWriting: () => last?.seen.isWriting === true && clock.monotonic() - wentOnAt <= patienceMs,
  };
}
