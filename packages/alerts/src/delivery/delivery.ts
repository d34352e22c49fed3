import type { Alert } from '../alert.ts';
import type { Attempt } from '../channels/attempt.ts';
import { messageOf } from '../error-text.ts';
import type { ResolvedPorts } from '../ports.ts';
import { backoff } from './backoff.ts';

/** The result of an attempt to deliver an alert on one channel, or of dropping it. */
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
  /** Read at each attempt: options change at run time. */
  readonly maxAttempts: () => number;
  readonly onOutcome: (outcome: DeliveryOutcome) => void;
}

interface Queued {
  readonly alert: Alert;
  readonly queuedAt: number;
  attempts: number;
}

/** Most alerts in the queue; beyond it the oldest is dropped. */
const longestQueue = 100;
/** Milliseconds after which an alert is too old to be of use. */
export const giveUpAfterMs = 60 * 60_000;

/** Delivers alerts on one channel, one at a time and in order. Nothing waits for it, except for {@link finish}. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #ports: ResolvedPorts;
  readonly #queue: Queued[] = [];
  /** Failed in the last attempt before the end. */
  readonly #undelivered: Queued[] = [];
  readonly #abort = new AbortController();
  #busy = false;
  #finishing = false;
  #cancelWait: (() => void) | null = null;
  #onEmpty = (): void => {};

  constructor(options: DeliveryOptions, ports: ResolvedPorts) {
    this.#options = options;
    this.#ports = ports;
  }

  /** Alerts that are not delivered yet, including the one that is being sent. */
  get pending(): readonly Alert[] {
    return [...this.#undelivered, ...this.#queue].map(({ alert }) => alert);
  }

  /** Adds an alert to the queue. */
  push(alert: Alert): void {
    const oldest = this.#queue[this.#busy ? 1 : 0];
    if (this.#queue.length >= longestQueue && oldest !== undefined) this.#drop(oldest);
    const queuedAt = Math.min(Date.parse(alert.at), this.#ports.steadyNow());
    this.#queue.push({ alert, queuedAt, attempts: 0 });
    if (this.#cancelWait === null) this.#next();
  }

  /** Tries everything once more, at once and for at most this many milliseconds. What fails stays pending. */
  async finish(limitMs: number): Promise<void> {
    this.#finishing = true;
    const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
    const cancelLimit = this.#ports.clock.setTimer(() => {
      this.#undelivered.push(...this.#queue.splice(0));
      this.#abort.abort();
      this.#onEmpty();
    }, limitMs);
    this.#next();
    await empty;
    cancelLimit();
  }

  #next(): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
    const [first] = this.#queue;
    if (first === undefined) this.#onEmpty();
    else if (!this.#busy) void this.#attempt(first);
  }

  async #attempt(queued: Queued): Promise<void> {
    this.#busy = true;
    const begun = this.#ports.clock.monotonic();
    queued.attempts += 1;
    const result = await this.#options
      .send(queued.alert, this.#abort.signal)
      .catch((error: unknown): Attempt => ({
        delivered: false,
        why: messageOf(error),
        retry: true,
      }));
    this.#busy = false;
    if (!this.#queue.includes(queued)) return; // the time limit of the end has passed
    this.#settle(queued, result, Math.round(this.#ports.clock.monotonic() - begun));
  }

  #settle(queued: Queued, result: Attempt, tookMs: number): void {
    const { alert, attempts } = queued;
    const outcome = result.delivered
      ? 'delivered'
      : result.retry && this.#mayRetry(queued)
        ? 'failed'
        : 'given-up';
    const isOver = outcome !== 'failed' || this.#finishing;
    if (isOver) this.#remove(queued);
    if (outcome === 'failed' && this.#finishing) this.#undelivered.push(queued);
    const why = result.delivered ? null : result.why;
    this.#options.onOutcome({ alert, outcome, attempts, tookMs, why });
    if (result.delivered || isOver) this.#next();
    else {
      const delayMs = backoff(attempts, this.#ports.random(), result.retryAfterMs);
      this.#cancelWait = this.#ports.clock.setTimer(() => this.#next(), delayMs);
    }
  }

  #mayRetry({ queuedAt, attempts }: Queued): boolean {
    const isFresh = this.#ports.steadyNow() - queuedAt < giveUpAfterMs;
    return isFresh && attempts < this.#options.maxAttempts();
  }

  #drop(queued: Queued): void {
    this.#remove(queued);
    const { alert, attempts } = queued;
    const why = `more than ${longestQueue} alerts wait`;
    this.#options.onOutcome({ alert, outcome: 'dropped', attempts, tookMs: 0, why });
  }

  #remove(queued: Queued): void {
    this.#queue.splice(this.#queue.indexOf(queued), 1);
  }
}
