import { describe, expect, it } from 'vitest';
import { completeOptions, type LogStoreOptions } from './options.ts';

const log = { directory: '/logs', name: 'node' };

describe('completeOptions', () => {
  it('fills in the defaults', () => {
    expect(completeOptions(log)).toEqual({
      ...log,
      maxSizeBytes: 104_857_600,
      maxAgeMs: null,
      maxFiles: 10,
      maxTotalBytes: null,
      compress: true,
    });
  });

  it('takes undefined for what is left out, and each number at the ends of its range', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const least = { maxSizeBytes: 4096, maxFiles: 1, maxAgeMs: 1000, maxTotalBytes: 0 };
    const greatest = { maxSizeBytes: most, maxFiles: 500, maxAgeMs: most, maxTotalBytes: most };
    for (const limits of [least, greatest]) {
      expect(completeOptions({ ...log, ...limits, compress: false })).toEqual({
        ...log,
        ...limits,
        compress: false,
      });
    }
    const absent = { maxSizeBytes: undefined } as unknown as Partial<LogStoreOptions>;
    expect(completeOptions({ ...log, ...absent }).maxSizeBytes).toBe(104_857_600);
  });

  it.each([
    { maxSizeBytes: 4095 },
    { maxSizeBytes: Number.POSITIVE_INFINITY },
    { maxAgeMs: 999 },
    { maxSizeBytes: Number.NaN },
    { maxFiles: 0 },
    { maxFiles: 501 },
    { maxAgeMs: 1 },
    { maxTotalBytes: -1 },
  ])('refuses %j and names the range', (wrong) => {
    expect(() => completeOptions({ ...log, ...wrong })).toThrow(/must be a number from/);
  });
});
