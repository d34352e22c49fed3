import { setTimeout as sleep } from 'node:timers/promises';
import { becomesReady, type Monitor, type RpcEndpoint } from '@wemixvisor/health';
import type { Supervision } from '@wemixvisor/process';
import { repairsDatabase } from './repair-watch.ts';
import { strangerAt } from './stranger-at.ts';

/** Watches one start of the node: whether it becomes ready, and whether it repairs its database before. */
export interface StartWatch {
  /** True while the present process is watched. */
  readonly isWatching: boolean;
  /**
   * Watches the present process, which answers at an endpoint; null where it is not known. An endpoint `elsewhere` was named by the
   * operator: who answers there is not looked into.
   */
  begin(endpoint: RpcEndpoint | null, elsewhere?: boolean): void;
  end(): void;
}

/** What a start is watched with. */
export interface StartWatchParts {
  readonly supervision: Supervision;
  /** The folder of the node's log. */
  readonly logs: string;
  readonly monitor: Pick<Monitor, 'nodeAnswered' | 'nodeRepairing' | 'strangerAnswers'>;
}

/** The effects of a start watch, replaceable in tests. */
export interface StartWatchPorts {
  readonly becomesReady: typeof becomesReady;
  readonly repairsDatabase: typeof repairsDatabase;
  readonly strangerAt: typeof strangerAt;
  /** Waits before who answers is looked for again. */
  readonly pause: (signal: AbortSignal) => Promise<unknown>;
}

/** Milliseconds between two looks at who answers in the place of the node. */
const strangerEveryMs = 1_000;

const pauseBetween: StartWatchPorts['pause'] = (signal) =>
  sleep(strangerEveryMs, undefined, { signal }).catch(() => {});

/** Makes a watch that tells the supervision of readiness, with the generation it was seen in. */
export function createStartWatch(
  { supervision, logs, monitor }: StartWatchParts,
  ports: Partial<StartWatchPorts> = {},
): StartWatch {
  const {
    becomesReady: readiness = becomesReady,
    repairsDatabase: repairs = repairsDatabase,
    strangerAt: findStranger = strangerAt,
    pause = pauseBetween,
  } = ports;
  let watched: { readonly generation: number; readonly abort: AbortController } | null = null;

  /** Resolves with true once the node answers, and nobody else in its place; with false when the signal comes first. */
  async function answersItself(
    endpoint: RpcEndpoint | null,
    elsewhere: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { pid } = supervision.snapshot;
    while (await readiness({ endpoint, signal })) {
      if (endpoint === null || elsewhere || pid === null) return true;
      const stranger = await findStranger(endpoint, pid);
      if (signal.aborted) return false;
      if (stranger === null) return true;
      monitor.strangerAnswers(stranger);
      await pause(signal);
    }
    return false;
  }

  return {
    get isWatching() {
      return watched?.generation === supervision.snapshot.generation;
    },
    begin(endpoint, elsewhere = false) {
      const { generation, startedAt } = supervision.snapshot;
      const abort = new AbortController();
      const { signal } = abort;
      watched?.abort.abort();
      watched = { generation, abort };
      void answersItself(endpoint, elsewhere, signal).then((ready) => {
        if (!ready) return;
        if (endpoint !== null && !signal.aborted) monitor.nodeAnswered();
        supervision.ready(generation);
      });
      void repairs({ logs, startedAt: startedAt ?? Date.now(), signal }).then(
        (seen) => {
          if (seen && !signal.aborted) monitor.nodeRepairing();
        },
        // A log that cannot be read hides a phase and nothing else; readers of the log hear why.
        () => {},
      );
    },
    end() {
      watched?.abort.abort();
    },
  };
}
