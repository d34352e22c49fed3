import { describe, expect, it } from 'vitest';
import { filesOf, nextStem } from '../layout.ts';
import { completeOptions } from './options.ts';
import { nextLookMs } from './watch-loop.ts';

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

  it.each([
    { maxSizeBytes: 100 },
    { maxSizeBytes: Number.NaN },
    { maxFiles: 0 },
    { maxFiles: 501 },
    { maxAgeMs: 1 },
    { maxTotalBytes: -1 },
  ])('refuses %j and names the range', (wrong) => {
    expect(() => completeOptions({ ...log, ...wrong })).toThrow(/must be a number from/);
  });
});

describe('the files of a log', () => {
  it.each(['../x', '', '.hidden', 'a/b', 'a\0'])('cannot be named %j', (name) => {
    expect(() => filesOf('/logs', name)).toThrow(/cannot name a log/);
  });

  it('sort as the log runs, also when the clock goes back', () => {
    const newest = {
      stem: '',
      rotatedAt: new Date('2026-03-04T09:15:02.118Z'),
      plain: true,
      compressed: false,
    };
    expect(nextStem('node', new Date('2026-03-05T00:00:00Z'), newest)).toBe(
      'node-20260305T000000000Z',
    );
    expect(nextStem('node', new Date('2020-01-01T00:00:00Z'), newest)).toBe(
      'node-20260304T091502119Z',
    );
  });
});

describe('nextLookMs', () => {
  it('is sooner the faster the log nears its limit', () => {
    expect(nextLookMs(1000, 0, 100)).toBe(200);
    expect(nextLookMs(1e9, 80, 1000)).toBe(1000);
    expect(nextLookMs(1000, 1000, 100)).toBe(100);
    expect(nextLookMs(-1, 1000, 100)).toBe(20);
  });
});
