import type { Exposition } from './exposition.ts';
import type { Figures } from './figures.ts';
import type { Tally } from './tally.ts';

/**
 * Answers a scrape in the text format 0.0.4 of Prometheus. What is not known is left out. prom-client is loaded by the first call.
 *
 * @example
 * declare const figures: Parameters<typeof renderMetrics>[1]; // the README has them in full
 * const { type, text } = await renderMetrics(createTally(), figures);
 * console.log(type, text.length);
 */
export async function renderMetrics(tally: Tally, figures: Figures): Promise<Exposition> {
  const { expose } = await import('./exposition.ts');
  return expose({ ...figures, counts: tally.counts(figures.logSize) });
}
