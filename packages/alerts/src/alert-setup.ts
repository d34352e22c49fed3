import type { AlertFacts } from './alert-facts.ts';
import type { AlertLog } from './alert-log.ts';
import type { AlertOptions } from './alert-options.ts';
import type { AlertEvent } from './alert-events.ts';
import type { Alert, AlertedNode } from './alert.ts';
import type { AlertsReport } from './alerts-report.ts';
import type { ChannelName } from './channels/channel.ts';

/** What every alert needs beside the options. */
export interface SenderSetup extends AlertOptions {
  /** The node that the alerts are about; read for each alert. */
  readonly node: () => Omit<AlertedNode, 'host'>;
  /** Removes secrets from text of the node and of a hook. @default the text as it is */
  readonly redact?: (text: string) => string;
  /** The environment of which a hook receives PATH, HOME and the like. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder that a hook runs in. @default the current one */
  readonly cwd?: string;
}

/** What alerts report on their own initiative. */
export type AlertsEvent =
  | {
      readonly type: 'alert';
      /** The event that it is about. */
      readonly alert: AlertEvent;
      readonly status: Alert['status'];
    }
  | {
      readonly type: 'alert-delivery';
      readonly channel: ChannelName;
      readonly outcome: AlertsReport['deliveries'][number]['outcome'];
    };

/** Who hears of what alerts do. */
export type AlertHearers = Required<Pick<AlertSetup, 'log' | 'onEvent'>>;

/** What alerts are made from. */
export interface AlertSetup extends SenderSetup {
  /** Everything that is known now; read at each look. */
  readonly facts: () => AlertFacts;
  /** Resolves when the facts are complete, such as once the last line after an exit is known. @default at once */
  readonly settled?: () => Promise<void>;
  /** Folder for what the next process must know; null: nothing is stored. @default null */
  readonly directory?: string | null;
  /** Hears of each alert, also of one that is only logged, and of each attempt to deliver one. @default nobody */
  readonly onEvent?: (event: AlertsEvent) => void;
  /** @default logs nothing */
  readonly log?: AlertLog;
}
