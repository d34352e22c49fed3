import type { createAlerts } from '@wemixvisor/alerts';
import type { HealthSnapshot } from '@wemixvisor/health';
import type { StoreEvent } from '@wemixvisor/logs';
import type { LifecycleChange, ProcessError } from '@wemixvisor/process';
import { messageOf } from '../app-error.ts';
import type { ForkReport } from '../report/forks-report.ts';
import type { StatusFacts } from '../report/status-report.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';

/** An alert, or an attempt to deliver one. */
type AlertsEvent = Parameters<NonNullable<Parameters<typeof createAlerts>[0]['onEvent']>>[0];

/** What the operator asked a supervisor for. */
export type OperatorCommand =
  | 'start'
  | 'stop'
  | 'restart'
  | 'reload'
  | 'rotate-log'
  | 'detach'
  | 'upgrade'
  | 'upgrade-cancel'
  | 'upgrade-rollback';

/** How an event of the log is told. */
interface LogWords {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
}

/** Everything that happens in a supervisor. */
export type SupervisorEvent =
  | { readonly type: 'started'; readonly pid: number; readonly home: string }
  | { readonly type: 'ended' }
  /** The operator should hear of it at the start: a file set aside, a node taken over. */
  | { readonly type: 'notice'; readonly text: string }
  | {
      readonly type: 'command';
      readonly command: OperatorCommand;
      /** What was asked for in particular, such as `force`. */
      readonly details: Readonly<Record<string, unknown>>;
    }
  /** The state of the node's process changed, or something happened to it. */
  | { readonly type: 'lifecycle'; readonly change: LifecycleChange }
  | { readonly type: 'process-error'; readonly error: ProcessError }
  /** A check of the node has ended, whatever it found. */
  | { readonly type: 'checked'; readonly health: HealthSnapshot }
  | { readonly type: 'health'; readonly before: HealthSnapshot; readonly after: HealthSnapshot }
  /** A restart for health was wanted; `refusal` says in words why it was not made, null where it was. */
  | {
      readonly type: 'health-restart';
      readonly reason: string;
      readonly outcome: 'accepted' | 'refused' | 'off' | 'dry-run';
      readonly refusal: string | null;
    }
  /** An upgrade is planned, or came to another step. */
  | { readonly type: 'upgrade'; readonly plan: UpgradePlan }
  /** What alerts did; they log it themselves. */
  | AlertsEvent
  | { readonly type: 'log'; readonly event: StoreEvent; readonly words: LogWords }
  | {
      readonly type: 'reloaded';
      readonly applied: readonly string[];
      readonly at_next_start: readonly string[];
    }
  | { readonly type: 'reload-refused'; readonly error: unknown }
  /** What is served over TCP cannot be served on its address. */
  | { readonly type: 'probes-refused'; readonly problem: string }
  /** The last end of the node was not clean, and this is what its new process had to repair. */
  | { readonly type: 'repaired'; readonly repair: NonNullable<StatusFacts['repair']> }
  /** The hard forks were looked at; null where the node has all that are known of. */
  | {
      readonly type: 'forks';
      readonly before: ForkReport | null;
      readonly after: ForkReport | null;
    }
  | { readonly type: 'report-written'; readonly file: string }
  | { readonly type: 'report-lost'; readonly error: unknown };

/** Hears of events in their order. What it throws ends nothing. */
type EventSubscriber = (event: SupervisorEvent) => void;

/** The one stream of events of a supervisor. */
export interface EventStream {
  publish(event: SupervisorEvent): void;
  subscribe(subscriber: EventSubscriber): void;
  /** Hands on what was published so far, and from now on everything at once. Call it when all have subscribed. */
  open(): void;
}

/**
 * Makes a stream that keeps its events until it is opened, so that every subscriber hears of the first one.
 * `onFault` gets what a subscriber threw, in words.
 */
export function createEventStream(onFault: (fault: string) => void): EventStream {
  const subscribers: EventSubscriber[] = [];
  let kept: SupervisorEvent[] | null = [];

  function hand(event: SupervisorEvent): void {
    for (const subscriber of subscribers) {
      try {
        subscriber(event);
      } catch (error) {
        onFault(`a subscriber failed on ${event.type}: ${messageOf(error)}`);
      }
    }
  }

  return {
    publish(event) {
      if (kept === null) hand(event);
      else kept.push(event);
    },
    subscribe(subscriber) {
      subscribers.push(subscriber);
    },
    open() {
      // An event that a subscriber publishes meanwhile waits behind those before it.
      for (let next = kept?.shift(); next !== undefined; next = kept?.shift()) hand(next);
      kept = null;
    },
  };
}
