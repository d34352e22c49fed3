import { setTimeout as sleep } from 'node:timers/promises';
import { becomesReady, type Monitor, type RpcEndpoint } from '@wemixvisor/health';
import type { Supervision } from '@wemixvisor/process';
import { repairsDatabase } from './node-says.ts';

/** Watches one start of the node: whether it becomes ready, and whether it repairs its database before. */
export interface StartWatch {
  /** True while the present process is watched. */
  readonly isWatching: boolean;
  /** Watches the present process, which answers at an endpoint; null where it is not known. */
  begin(endpoint: RpcEndpoint | null): void;
  end(): void;
}

/** What a start is watched with. */
export interface StartWatchParts {
  readonly supervision: Supervision;
  /** The folder of the node's log. */
  readonly logs: string;
  readonly monitor: Pick<Monitor, 'nodeAnswered' | 'nodeRepairing' | 'strangerAnswers'>;
  /** Who answers in the place of the node, in words, by the client version in the answer. */
  readonly stranger: (clientVersion: string | null) => Promise<string | null>;
}

/** The effects of a start watch, replaceable in tests. */
export interface StartWatchPorts {
  readonly becomesReady: typeof becomesReady;
  readonly repairsDatabase: typeof repairsDatabase;
  /** Waits before who answers is looked for again. */
  readonly pause: (signal: AbortSignal) => Promise<unknown>;
}

/** Milliseconds between two looks at who answers in the place of the node. */
const strangerEveryMs = 1_000;

const pauseBetween: StartWatchPorts['pause'] = (signal) =>
  sleep(strangerEveryMs, undefined, { signal }).catch(() => {});

/** Makes a watch that tells the supervision of readiness, with the generation it was seen in. */
export function createStartWatch(
  { supervision, logs, monitor, stranger }: StartWatchParts,
  ports: Partial<StartWatchPorts> = {},
): StartWatch {
  const {
    becomesReady: readiness = becomesReady,
    repairsDatabase: repairs = repairsDatabase,
    pause = pauseBetween,
  } = ports;
  let watched: { readonly generation: number; readonly abort: AbortController } | null = null;

  /** Whether an answer is the node's own, and nobody else's in its place. */
  async function isOwn(clientVersion: string | null, signal: AbortSignal): Promise<boolean> {
    const who = await stranger(clientVersion);
    if (signal.aborted) return false;
    monitor.strangerAnswers(who);
    if (who !== null) await pause(signal);
    return who === null;
  }

  return {
    get isWatching() {
      return watched?.generation === supervision.snapshot.generation;
    },
    begin(endpoint) {
      const { generation, startedAt } = supervision.snapshot;
      const abort = new AbortController();
      const { signal } = abort;
      watched?.abort.abort();
      watched = { generation, abort };
      const accepts = (clientVersion: string | null) => isOwn(clientVersion, signal);
      void readiness({ endpoint, signal, accepts }).then((ready) => {
        if (!ready) return;
        if (endpoint !== null && !signal.aborted) monitor.nodeAnswered();
        supervision.ready(generation);
      });
      void repairs(logs, startedAt ?? Date.now(), signal).then((seen) => {
        if (seen && !signal.aborted) monitor.nodeRepairing();
      });
    },
    end() {
      watched?.abort.abort();
    },
  };
}
