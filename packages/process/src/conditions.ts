import { ProcessError } from './errors.ts';

/** Promises that resolve when something about the state holds. */
export interface Conditions {
  /** Resolves once the condition holds; rejects with DETACHED when the conditions are given up before. */
  readonly until: (condition: () => boolean) => Promise<void>;
  /** Evaluates the conditions again. */
  readonly settle: () => void;
  readonly giveUp: () => void;
}

interface Waiting {
  readonly condition: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: ProcessError) => void;
}

/** Creates an empty set of conditions. */
export function createConditions(): Conditions {
  const waiting = new Set<Waiting>();

  function settle(): void {
    for (const each of waiting) {
      if (!each.condition()) continue;
      waiting.delete(each);
      each.resolve();
    }
  }

  return {
    until: (condition) =>
      new Promise((resolve, reject) => {
        waiting.add({ condition, resolve, reject });
        settle();
      }),
    settle,
    giveUp() {
      for (const { reject } of waiting) {
        reject(new ProcessError('DETACHED', 'the supervision was given up before this was done'));
      }
      waiting.clear();
    },
  };
}
