import type { AlertFacts } from './alert-facts.ts';
import type { AlertLog } from './alert-log.ts';
import type { AlertOptions } from './alert-options.ts';
import type { AlertedNode } from './alert.ts';

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

/** What alerts are made from. */
export interface AlertSetup extends SenderSetup {
  /** Everything that is known now; read at each look. */
  readonly facts: () => AlertFacts;
  /** Resolves when the facts are complete, such as once the last line after an exit is known. @default at once */
  readonly settled?: () => Promise<void>;
  /** Folder for what the next process must know; null: nothing is stored. @default null */
  readonly directory?: string | null;
  /** @default logs nothing */
  readonly log?: AlertLog;
}
