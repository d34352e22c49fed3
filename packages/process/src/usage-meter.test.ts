import { describe, expect, it } from 'vitest';
import { createUsageMeter } from './usage-meter.ts';

/** A process whose CPU time the test sets. */
function metered() {
  const usage = { cpuMs: 0, residentBytes: 1024, gone: false };
  const meter = createUsageMeter(() => (usage.gone ? undefined : usage));
  return { usage, meter };
}

describe('createUsageMeter', () => {
  it('measures from the start first, then from call to call', () => {
    const { usage, meter } = metered();
    usage.cpuMs = 5_000;
    expect(meter(7, 0, 10_000)).toEqual({ cpuPercent: 50, memoryBytes: 1024, cpuMs: 5_000 });
    usage.cpuMs = 5_020;
    expect(meter(7, 0, 12_000)).toEqual({ cpuPercent: 1, memoryBytes: 1024, cpuMs: 5_020 });
  });

  it('says the same again within a second', () => {
    const { usage, meter } = metered();
    usage.cpuMs = 100;
    meter(7, 0, 1_000);
    usage.cpuMs = 900;
    expect(meter(7, 0, 1_500)?.cpuPercent).toBe(10);
    expect(meter(7, 0, 2_000)?.cpuPercent).toBe(80);
  });

  it('measures from the start again after a long time, for another process, and when the clock ran back', () => {
    const { usage, meter } = metered();
    usage.cpuMs = 1_000;
    meter(7, 0, 10_000);
    expect(meter(7, 0, 100_000)?.cpuPercent).toBe(1);
    expect(meter(8, 98_000, 102_000)?.cpuPercent).toBe(25);
    expect(meter(8, 98_000, 100_000)?.cpuPercent).toBe(50);
    expect(meter(8, 100_000, 99_000)?.cpuPercent).toBe(0);
  });

  it('knows nothing of a process that is gone', () => {
    const { usage, meter } = metered();
    usage.gone = true;
    expect(meter(7, 0, 10_000)).toBeNull();
  });
});
