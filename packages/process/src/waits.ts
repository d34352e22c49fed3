import { EventEmitter, on } from 'node:events';
import type { LifecycleChange, LifecycleStore } from './lifecycle-store.ts';
import { runOf, type LastExit } from './lifecycle/state.ts';
import { snapshotOf, type LifecycleSnapshot } from './snapshot.ts';

/** What can be waited for with. */
export interface WaitOptions {
  /** Ends the wait: it rejects with the reason of the signal. @default it waits without limit */
  readonly signal?: AbortSignal | undefined;
}

/** What a supervision offers to those who wait. */
export interface Waits {
  /**
   * Resolves with the snapshot as soon as the node is in that state.
   *
   * @throws ProcessError `DETACHED` where the supervision is given up before.
   */
  waitFor(state: LifecycleSnapshot['state'], options?: WaitOptions): Promise<LifecycleSnapshot>;
  /**
   * Resolves with how the present process ended, once it has; at once with the last exit where none is up, which is null where
   * none ever was.
   *
   * @throws ProcessError `DETACHED` where the supervision is given up before.
   */
  exited(options?: WaitOptions): Promise<LastExit | null>;
  /** Each change from now on, in order and none left out. It ends with the supervision; a signal that aborts makes it throw an AbortError. */
  changes(options?: WaitOptions): AsyncIterable<LifecycleChange>;
}

/** Makes the waits of a supervision, over the store that holds its state. */
export function waitsOf(store: LifecycleStore): Waits & { readonly end: () => void } {
  const changed = new EventEmitter<{ change: [LifecycleChange]; end: [] }>().setMaxListeners(0);
  store.subscribe((change) => void changed.emit('change', change));
  let isOver = false;
  return {
    async waitFor(state, { signal } = {}) {
      await store.until(() => store.lifecycle.state === state, signal);
      return snapshotOf(store.lifecycle);
    },
    async exited({ signal } = {}) {
      const { generation } = store.lifecycle;
      await store.until(
        () => runOf(store.lifecycle) === null || store.lifecycle.generation !== generation,
        signal,
      );
      return store.lifecycle.lastExit;
    },
    changes({ signal } = {}) {
      const events = on(changed, 'change', { close: ['end'], ...(signal && { signal }) });
      if (isOver) changed.emit('end');
      return changesIn(events);
    },
    end() {
      isOver = true;
      changed.emit('end');
    },
  };
}

async function* changesIn(
  events: AsyncIterable<readonly unknown[]>,
): AsyncGenerator<LifecycleChange> {
  for await (const [change] of events) yield change as LifecycleChange;
}
