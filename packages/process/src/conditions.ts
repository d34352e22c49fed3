import { ProcessError } from './errors.ts';

/** Promises that resolve when something about the state holds. */
export interface Conditions {
  /**
   * Resolves once the condition holds; rejects with DETACHED where the conditions are given up before or were given up already, and with
   * the reason of the signal once that aborts.
   */
  readonly until: (condition: () => boolean, signal?: AbortSignal) => Promise<void>;
  /** Evaluates the conditions again. */
  readonly settle: () => void;
  readonly giveUp: () => void;
}

interface Waiting {
  readonly condition: () => boolean;
  /** Ends the wait; what came of it is looked at afterwards. */
  readonly end: () => void;
}

/** Creates an empty set of conditions. */
export function createConditions(): Conditions {
  const waiting = new Set<Waiting>();
  let isGivenUp = false;

  function settle(): void {
    for (const { condition, end } of waiting) if (condition()) end();
  }

  function refuse(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (!isGivenUp) return;
    throw new ProcessError('DETACHED', 'the supervision was given up before this was done');
  }

  return {
    async until(condition, signal) {
      refuse(signal);
      let end = (): void => undefined;
      const ended = new Promise<boolean>((resolve) => {
        end = () => resolve(condition());
      });
      const each = { condition, end };
      waiting.add(each);
      signal?.addEventListener('abort', end);
      settle();
      const held = await ended;
      waiting.delete(each);
      signal?.removeEventListener('abort', end);
      if (!held) refuse(signal);
    },
    settle,
    giveUp() {
      isGivenUp = true;
      for (const { end } of waiting) end();
    },
  };
}
