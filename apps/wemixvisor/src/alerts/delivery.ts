import type { Alert } from './alert.ts';
import type { Attempt } from './channel.ts';
import type { AlertPorts } from './ports.ts';

/** What became of an alert on one channel. */
export interface DeliveryOutcome {
  readonly alert: Alert;
  /** `failed` is tried again, by the next supervisor if need be; `given-up` and `dropped` are lost. */
  readonly outcome: 'delivered' | 'failed' | 'given-up' | 'dropped';
  readonly attempts: number;
  /** Milliseconds of the last attempt. */
  readonly tookMs: number;
  readonly why: string | null;
}

/** What a delivery needs. */
export interface DeliveryOptions {
  readonly send: (alert: Alert, signal: AbortSignal) => Promise<Attempt>;
  /** Read at each attempt: settings change at run time. */
  readonly maxAttempts: () => number;
  readonly onOutcome: (outcome: DeliveryOutcome) => void;
}

/** Brings alerts to one channel, one after the other and in order. */
export interface Delivery {
  /** Alerts that wait, the one under way included. */
  readonly waiting: readonly Alert[];
  push(alert: Alert): void;
  /** Tries everything once more, at once and for this many milliseconds at most. What does not arrive waits on. */
  finish(limitMs: number): Promise<void>;
}

interface Queued {
  readonly alert: Alert;
  readonly queuedAt: number;
  attempts: number;
}

/** Alerts that wait at most; beyond it the oldest is dropped. */
const longestQueue = 100;
const firstBackoffMs = 1_000;
const longestBackoffMs = 5 * 60_000;
/** An alert older than this is no news any more. */
export const giveUpAfterMs = 60 * 60_000;

/** The wait after so many attempts: it doubles from 1 s to 5 min, with up to half of it added at random. */
export function backoff(attempts: number, random: number, wantedMs = 0): number {
  const doubled = Math.min(firstBackoffMs * 2 ** (attempts - 1), longestBackoffMs);
  return Math.max(doubled * (1 + random / 2), Math.min(wantedMs, longestBackoffMs));
}

/** Makes the delivery of one channel. Nothing it does is waited for but {@link Delivery.finish}. */
export function createDelivery(options: DeliveryOptions, ports: AlertPorts): Delivery {
  const queue: Queued[] = [];
  /** Tried a last time, in vain. */
  const left: Queued[] = [];
  const abort = new AbortController();
  let busy = false;
  let finishing = false;
  let cancelWait: (() => void) | null = null;
  let onEmpty = () => {};

  function next(): void {
    cancelWait?.();
    cancelWait = null;
    const [first] = queue;
    if (first === undefined) onEmpty();
    else if (!busy) void attempt(first);
  }

  async function attempt(queued: Queued): Promise<void> {
    busy = true;
    const begun = ports.steadyNow();
    queued.attempts += 1;
    const result = await options
      .send(queued.alert, abort.signal)
      .catch((error: unknown): Attempt => ({ delivered: false, why: String(error), retry: true }));
    busy = false;
    if (!queue.includes(queued)) return; // dropped meanwhile
    const outcome = result.delivered
      ? 'delivered'
      : mayRetry(queued, result)
        ? 'failed'
        : 'given-up';
    const { alert, attempts } = queued;
    const tookMs = Math.round(ports.steadyNow() - begun);
    const isOver = outcome !== 'failed' || finishing;
    if (isOver) queue.splice(queue.indexOf(queued), 1);
    if (outcome === 'failed' && finishing) left.push(queued);
    options.onOutcome({
      alert,
      outcome,
      attempts,
      tookMs,
      why: result.delivered ? null : result.why,
    });
    if (result.delivered || isOver) next();
    else cancelWait = ports.setTimer(backoff(attempts, ports.random(), result.retryAfterMs), next);
  }

  function mayRetry(
    { queuedAt, attempts }: Queued,
    { retry }: Extract<Attempt, { delivered: false }>,
  ): boolean {
    const fresh = ports.steadyNow() - queuedAt < giveUpAfterMs;
    return retry && fresh && attempts < options.maxAttempts();
  }

  function drop(queued: Queued, why: string): void {
    queue.splice(queue.indexOf(queued), 1);
    const { alert, attempts } = queued;
    options.onOutcome({ alert, outcome: 'dropped', attempts, tookMs: 0, why });
  }

  return {
    get waiting() {
      return [...left, ...queue].map(({ alert }) => alert);
    },
    push(alert) {
      const oldest = queue[busy ? 1 : 0];
      if (queue.length >= longestQueue && oldest !== undefined) {
        drop(oldest, `more than ${longestQueue} alerts wait`);
      }
      const queuedAt = Math.min(Date.parse(alert.at), ports.steadyNow());
      queue.push({ alert, queuedAt, attempts: 0 });
      if (cancelWait === null) next();
    },
    async finish(limitMs) {
      finishing = true;
      const empty = new Promise<void>((resolve) => (onEmpty = resolve));
      const cancelLimit = ports.setTimer(limitMs, () => {
        left.push(...queue.splice(0));
        abort.abort();
        onEmpty();
      });
      next();
      await empty;
      cancelLimit();
    },
  };
}
