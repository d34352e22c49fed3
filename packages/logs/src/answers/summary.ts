import { createErrors } from './errors.ts';
import type { LogSummary } from './log-summary.ts';
import { createMap } from './map.ts';
import { createStats } from './stats.ts';

/**
 * What to sum up:
 * - `stats`: counts and rates in all or `by` level, message or the value of a key, and percentiles of keys with numbers
 * - `errors`: each distinct error once; with `newSince` only those that were not there before
 * - `map`: levels over time as a picture, with the `starts` of the node in it, and `command` as what shows the log
 */
export type SummaryOptions =
  | { readonly as: 'stats'; readonly by?: string | null }
  | { readonly as: 'errors'; readonly newSince?: Date | null }
  | { readonly as: 'map'; readonly starts?: readonly Date[]; readonly command?: string };

/**
 * Sums up the records of a log in one pass.
 *
 * @example
 * import { readLog, summarizeLog } from '@wemixvisor/logs';
 *
 * const stats = summarizeLog({ as: 'stats', by: 'message' });
 * for await (const record of readLog({ directory: 'logs', name: 'node', shared: true })) {
 *   stats.add('node', record);
 * }
 * console.log(stats.text({ columns: 80, colour: false }));
 */
export function summarizeLog(options: SummaryOptions): LogSummary {
  switch (options.as) {
    case 'stats':
      return createStats(options.by ?? null);
    case 'errors':
      return createErrors(options.newSince ?? null);
    case 'map':
      return createMap(options.starts ?? [], options.command ?? 'logs');
  }
}
