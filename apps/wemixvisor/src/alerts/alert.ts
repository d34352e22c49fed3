import type { AlertEvent } from '../settings/alert-events.ts';

/** How bad a trouble is: `critical` wants the operator now. */
export type Severity = 'info' | 'warning' | 'critical';

/** The node that an alert is about. */
export interface AlertedNode {
  readonly host: string;
  readonly home: string;
  readonly network: string | null;
  readonly binary: string | null;
  readonly state: string;
  readonly pid: number | null;
}

/** What is told of an event; nothing in it is secret. The generic webhook and the exec hook get it as JSON. */
export interface Alert {
  readonly schema: 1;
  /** The same over all attempts to deliver it. */
  readonly id: string;
  /** A trouble is `raised`, perhaps `reminder`, then `resolved`; a `notice` happened and is over. */
  readonly status: 'raised' | 'reminder' | 'resolved' | 'notice' | 'test';
  readonly event: AlertEvent | 'test';
  readonly severity: Severity;
  /** One line for people. */
  readonly summary: string;
  /** When it was told, ISO 8601. */
  readonly at: string;
  /** When the trouble began, ISO 8601. */
  readonly since: string;
  readonly node: AlertedNode;
}

/** A thing that is wrong at this moment. */
export interface Trouble {
  /** Two troubles with the same key are the same trouble. */
  readonly key: string;
  readonly event: AlertEvent;
  readonly severity: Severity;
  readonly summary: string;
  /** Milliseconds that it must last before it is told. */
  readonly holdMs: number;
}
