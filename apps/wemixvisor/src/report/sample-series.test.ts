import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { schemaErrorsOf } from '../../test/published-schema.ts';
import { createSampleSeries, diskFullInSeconds, sampleOf, samplesReport } from './sample-series.ts';
import { sampleWindows } from './samples-report.ts';

const start = Date.UTC(2026, 0, 1);
const heldMs = 30_000;
const usage = { cpuPercent: 12.5, memoryBytes: 4_096, cpuMs: 900 };
const disk = (free_bytes: number | null) => ({
  disk_space: { healthy: true, free_bytes, min_required_bytes: 1 },
});
const sync = { percent: 42.5, ratePerSecond: null, etaSeconds: null };
const syncing = (isSyncing: boolean | null) => ({
  sync_status: { ...checksOf().sync_status, syncing: isSyncing },
});

/** A history of a sample every 5 seconds. */
function history(count: number, sample: (at: number) => Partial<ReturnType<typeof sampleOf>>) {
  const series = createSampleSeries();
  for (let at = 0; at < count; at += 1) series.record(start + at * 5_000, sample(at));
  return { series, now: start + (count - 1) * 5_000 };
}

describe('a sample', () => {
  it('is what the last check knows and the node uses', () => {
    expect(sampleOf(healthOf({ checks: checksOf(disk(7)) }), usage)).toEqual({
      head: 1000,
      peers: 3,
      sync_percent: 100,
      cpu_percent: 12.5,
      memory_bytes: 4_096,
      disk_free_bytes: 7,
      rpc_ms: 3,
    });
  });

  it('is unknown where there is neither', () => {
    const values: readonly unknown[] = Object.values(sampleOf(null, null));
    expect(values).toHaveLength(7);
    expect(new Set(values)).toEqual(new Set([null]));
  });

  it('does not repeat what a check without an answer remembers', () => {
    const silent = { healthy: false, latency_ms: null, failures: 1, why: 'no answer' };
    const health = healthOf({ sync, checks: checksOf({ rpc_endpoint: silent, ...disk(7) }) });
    expect(sampleOf(health, usage)).toMatchObject({
      head: null,
      peers: null,
      sync_percent: null,
      rpc_ms: null,
      disk_free_bytes: 7,
      memory_bytes: 4_096,
    });
  });

  it.each([
    [true, sync, 42.5],
    [true, null, null],
    [null, sync, null],
    [false, null, 100],
  ])('of a node that syncs (%s) has the percent that it says', (isSyncing, said, percent) => {
    const health = healthOf({ sync: said, checks: checksOf(syncing(isSyncing)) });
    expect(sampleOf(health, null).sync_percent).toBe(percent);
  });
});

describe('a report of samples', () => {
  it.each(sampleWindows)('agrees with its schema: %s', (window) => {
    const { series, now } = history(400, (at) => ({
      ...sampleOf(healthOf({ checks: checksOf(disk(1e12 - at)) }), {
        ...usage,
        cpuPercent: at / 3,
      }),
      peers: at % 7 === 0 ? null : at % 3,
    }));
    const report = samplesReport(series, window, { now, heldMs });
    expect(schemaErrorsOf('samples', JSON.parse(JSON.stringify(report)))).toEqual([]);
    const lengths = Object.values<readonly unknown[]>({ ...report.values }).map(
      (values) => values.length,
    );
    expect(new Set(lengths).size).toBe(1);
    const expected = { '15m': [180, 900, 5], '6h': [17, 21_600, 120], '24h': [5, 86_400, 480] };
    expect([lengths[0], report.window_seconds, report.step_seconds]).toEqual(expected[window]);
    expect(report.newest_at).toBe(new Date(now).toISOString());
  });

  it('says that nothing is known before the first sample', () => {
    const report = samplesReport(createSampleSeries(), '15m', { now: start, heldMs });
    expect(schemaErrorsOf('samples', report)).toEqual([]);
    expect(report).toMatchObject({ newest_at: null, blocks_per_minute: null });
    expect(report.values.head).toEqual([]);
  });

  it('is refused by the schema with a field too much, or a text for a number', () => {
    const report = samplesReport(createSampleSeries(), '15m', { now: start, heldMs });
    expect(schemaErrorsOf('samples', { ...report, more: 1 })).toMatchObject([
      { keyword: 'additionalProperties' },
    ]);
    const values = { ...report.values, head: ['1'] };
    expect(schemaErrorsOf('samples', { ...report, values })).toMatchObject([{ keyword: 'type' }]);
  });

  it('has the rate of the blocks, though a check sees them every 30 seconds only', () => {
    const { series, now } = history(100, (at) => ({ head: 1_000 + 3 * Math.floor((at + 2) / 6) }));
    expect(samplesReport(series, '15m', { now, heldMs }).blocks_per_minute).toBe(6);
  });

  it.each([
    ['a node that was not asked twice', () => ({ head: 7 }), 5, null],
    ['a node that stands still', () => ({ head: 7 }), 100, 0],
    ['a node that went back', (at: number) => ({ head: at < 50 ? 1_000 + at : at }), 100, null],
    ['a node that never answered', () => ({}), 100, null],
  ])('has the rate of the blocks of %s', (_, sample, count, rate) => {
    const { series, now } = history(count, sample);
    expect(samplesReport(series, '15m', { now, heldMs }).blocks_per_minute).toBe(rate);
  });
});

describe('the time until the disk is full', () => {
  const gigabyte = 1e9;

  it('is what a disk that fills steadily has left, in every window', () => {
    // 18 GB an hour.
    const { series, now } = history(180, (at) => ({
      disk_free_bytes: 20 * gigabyte - Math.floor(at / 6) * 0.15 * gigabyte,
    }));
    const seconds = diskFullInSeconds(series, now) ?? Number.NaN;
    expect(seconds / 60).toBeGreaterThan(47);
    expect(seconds / 60).toBeLessThan(56);
    for (const window of sampleWindows) {
      const report = samplesReport(series, window, { now, heldMs });
      expect(report.disk_full_in_seconds).toBe(seconds);
    }
  });

  it('is found in a longer window where the shorter one sees too little', () => {
    // 4 GB an hour of 100 GB: a day, of which a quarter of an hour says nothing.
    const { series, now } = history(6 * 720, (at) => ({
      disk_free_bytes: 100 * gigabyte - (at * 5 * 4 * gigabyte) / 3_600,
    }));
    expect((diskFullInSeconds(series, now) ?? 0) / 3_600).toBeCloseTo(19, 0);
  });

  it.each([
    ['has as much as ever', () => 100 * gigabyte],
    ['is emptied and filled by turns', (at: number) => (10 - (at % 30) / 10) * gigabyte],
    ['fills so slowly that nobody can tell', (at: number) => 100 * gigabyte - at],
    ['is not known', () => null],
  ])('is unknown of a disk that %s', (_, free) => {
    const { series, now } = history(2_000, (at) => ({ disk_free_bytes: free(at) }));
    expect(diskFullInSeconds(series, now)).toBeNull();
  });
});
