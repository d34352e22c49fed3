import type { ForkVerdict } from '@wemixvisor/forks';

/** A hard fork as it is published; null where something is not known. */
export type ForkReport = ForkVerdict['forks'][number];

/** What `forks --json` prints: version 1 of its shape. */
export interface ForksReport extends ForkVerdict {
  readonly schema: 1;
  /** False where the node is down: then its log, its program and the table tell. */
  readonly running: boolean;
  readonly program: string;
  /** As the program's file says; a node that runs may be of an older one. */
  readonly version: string | null;
}

/** When a fork comes or came, epoch milliseconds; null where no date is known. */
export function forkDate({ at }: Pick<ForkReport, 'at'>): number | null {
  return at === null ? null : Date.parse(at);
}

/** The same for the same fork: the date of a height changes from look to look. */
export function forkKey({ height, at }: Pick<ForkReport, 'height' | 'at'>): string {
  return height === null ? `time ${at}` : `height ${height}`;
}
