import { Registry, type Metric } from 'prom-client';
import type { Distribution, Sample } from './counts.ts';
import { families } from './families.ts';
import type { Facts, Reading } from './family.ts';

/** A value under the name that it is rendered with. */
interface Value extends Sample {
  readonly metricName?: string;
}

/** An answer to a scrape. */
export interface Exposition {
  /** The content type. */
  readonly type: string;
  readonly text: string;
}

/** Renders what is known in the text format 0.0.4 of Prometheus. */
export async function expose(facts: Facts): Promise<Exposition> {
  const registry = new Registry();
  for (const { name, type, help, read } of families) {
    const values = valuesOf(name, read(facts));
    if (values.length === 0) continue;
    const told = { name, get: () => Promise.resolve({ name, type, help, values }) };
    // The metrics of prom-client count by themselves, and these were counted before it was loaded.
    registry.registerMetric(told as unknown as Metric);
  }
  return { type: registry.contentType, text: await registry.metrics() };
}

function valuesOf(name: string, reading: Reading): readonly Value[] {
  if (reading === null) return [];
  if (typeof reading === 'object') {
    return 'bounds' in reading ? buckets(name, reading) : reading;
  }
  const value = Number(reading);
  return Number.isNaN(value) ? [] : [{ labels: {}, value }];
}

function buckets(name: string, { bounds, counts, sum }: Distribution): readonly Value[] {
  let upTo = 0;
  const values = [...bounds.map(String), '+Inf'].map((le, at) => {
    upTo += counts[at] ?? 0;
    return { metricName: `${name}_bucket`, labels: { le }, value: upTo };
  });
  return [
    ...values,
    { metricName: `${name}_sum`, labels: {}, value: sum },
    { metricName: `${name}_count`, labels: {}, value: upTo },
  ];
}
