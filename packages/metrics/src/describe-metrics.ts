import type { Family } from './family.ts';

/** A metric as the documentation of a program can list it. */
type DescribedMetric = Omit<Family, 'read'>;

/**
 * Every metric that `renderMetrics` can name, for documentation and tests.
 *
 * @example (await describeMetrics()).map(({ name }) => name);
 */
export async function describeMetrics(): Promise<readonly DescribedMetric[]> {
  const { families } = await import('./families.ts');
  return families.map(({ name, type, help, labels }) => ({ name, type, help, labels }));
}
