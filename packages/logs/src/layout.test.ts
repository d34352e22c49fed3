import { describe, expect, it } from 'vitest';
import { filesOf, nextStem } from './layout.ts';

describe('filesOf', () => {
  it.each(['../x', '', '.hidden', 'a/b', 'a\0', 'a'.repeat(65)])('refuses the name %j', (name) => {
    expect(() => filesOf('/logs', name)).toThrow(/cannot name a log/);
  });

  it.each(['n', 'node-2.x_y', 'a'.repeat(64)])('takes the name %j', (name) => {
    expect(filesOf('/logs', name).live).toBe(`/logs/${name}.log`);
  });
});

describe('nextStem', () => {
  const newest = {
    stem: '',
    rotatedAt: new Date('2026-03-04T09:15:02.118Z'),
    plain: true,
    compressed: false,
  };
  const stem = (time: string, after = newest) => nextStem('node', Date.parse(time), after);

  it('sorts after the newest segment, also when the clock goes back or stands still', () => {
    expect(stem('2026-03-05T00:00:00Z')).toBe('node-20260305T000000000Z');
    expect(stem('2020-01-01T00:00:00Z')).toBe('node-20260304T091502119Z');
    expect(stem('2026-03-04T09:15:02.118Z')).toBe('node-20260304T091502119Z');
  });

  it('is the time itself for the first segment', () => {
    expect(nextStem('node', 0, undefined)).toBe('node-19700101T000000000Z');
  });
});
