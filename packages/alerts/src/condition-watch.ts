import type { AlertFacts } from './alert-facts.ts';
import type { AlertLog } from './alert-log.ts';
import type { AlertOptions } from './alert-options.ts';
import { judgeConditions } from './conditions/judge-conditions.ts';
import {
  trackConditions,
  type AlertState,
  type Notification,
} from './conditions/track-conditions.ts';
import { messageOf } from './error-text.ts';
import type { ResolvedPorts } from './ports.ts';
import type { JsonFileList } from './storage/json-file-list.ts';

/** What a watch over conditions needs. */
export interface ConditionWatchOptions {
  readonly facts: () => AlertFacts;
  /** Sanitizes a summary, which may quote the node. */
  readonly sanitize: (summary: string) => string;
  readonly notify: (notification: Notification) => void;
  readonly store: JsonFileList<AlertState>;
  readonly log: AlertLog;
}

/** Holds the alert states from one look to the next, and stores them for the next process. */
export class ConditionWatch {
  readonly #options: ConditionWatchOptions;
  readonly #ports: ResolvedPorts;
  #states: readonly AlertState[];

  constructor(options: ConditionWatchOptions, ports: ResolvedPorts) {
    this.#options = options;
    this.#ports = ports;
    this.#states = options.store.load();
  }

  /** The states after the last look. */
  get states(): readonly AlertState[] {
    return this.#states;
  }

  /** Judges the facts of now and notifies. Never throws: a fault here is no reason for a supervisor to end. */
  look(options: Required<AlertOptions>): void {
    try {
      this.#look(options);
    } catch (error) {
      this.#options.log.error(
        { event: 'alerts' },
        `cannot judge what is wrong: ${messageOf(error)}`,
      );
    }
  }

  #look(options: Required<AlertOptions>): void {
    const { facts, sanitize, notify } = this.#options;
    const judged = judgeConditions(facts(), options, this.#ports.clock.now());
    const conditions = judged.conditions.map((condition) => ({
      ...condition,
      summary: sanitize(condition.summary),
    }));
    const before = this.#states;
    const { resolveAfterMs, reminderMs } = options;
    const tracking = { now: this.#ports.steadyNow(), resolveAfterMs, reminderMs };
    const { states, notifications } = trackConditions(before, { ...judged, conditions }, tracking);
    this.#states = states;
    for (const notification of notifications) notify(notification);
    if (outline(before) !== outline(states)) this.#save();
  }

  #save(): void {
    const { store, log } = this.#options;
    try {
      store.save(this.#states);
    } catch (error) {
      log.warn({ event: 'alerts' }, `cannot store the alert states: ${messageOf(error)}`);
    }
  }
}

/** What the next process must know of the states; their summaries change at every look. */
function outline(states: readonly AlertState[]): string {
  return JSON.stringify(states.map(({ key, severity, notifiedAt }) => [key, severity, notifiedAt]));
}
