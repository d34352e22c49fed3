import { awaitHandler } from './await-handler.ts';
import type { Effect } from './lifecycle/effect.ts';
import type { NodeRun } from './lifecycle/state.ts';
import { longestWaitMs } from './lifecycle/step.ts';
import type { ProcessPorts } from './ports.ts';
import { resumeNode, signalProcess } from './signal-node.ts';
import { createStopFollower, type StopFollowerOptions } from './stop-follower.ts';

type EffectOf<T extends Effect['type']> = Extract<Effect, { type: T }>;

/** Asks a node to end, when it can take that, and follows what it does then. */
export interface Stopper {
  terminate(effect: EffectOf<'terminate'>): void;
  follow(effect: EffectOf<'followStop'>): void;
  tellProgress(effect: EffectOf<'askProgress'>): void;
  /** A SIGTERM that still waits is not sent any more. */
  askNoMore(): void;
  /** Calls back as soon as the node can take a SIGTERM, or after a minute; a second call replaces the first. */
  whenItTakesSignals(run: NodeRun, onOver: () => void): void;
}

/** Creates a stopper that has asked nobody yet. */
export function createStopper(options: StopFollowerOptions, ports: ProcessPorts): Stopper {
  const { timers, dispatch } = options;
  const follower = createStopFollower(options, ports);
  const now = (): number => ports.clock.now();
  return {
    terminate({ run, generation, waitMs }) {
      const onWait = (): void => dispatch({ type: 'terminationWaits', generation, at: now() });
      const onOver = (): void => {
        if (!signalProcess(run.identity, 'SIGTERM', ports)) return;
        // One that is paused receives it only when it is resumed.
        resumeNode(run, ports);
        dispatch({ type: 'terminationDelivered', generation, at: now() });
      };
      timers.keep('terminate', awaitHandler(run.identity, { waitMs, onWait, onOver }, ports));
    },
    follow: ({ run, generation }) => follower.follow(run, generation),
    tellProgress({ generation }) {
      const isWriting = follower.isWriting();
      dispatch({ type: 'progressTold', generation, at: now(), isWriting });
    },
    askNoMore: () => timers.cancel('terminate'),
    whenItTakesSignals(run, onOver) {
      const wait = { waitMs: longestWaitMs, onOver };
      timers.keep('ready', awaitHandler(run.identity, wait, ports));
    },
  };
}
