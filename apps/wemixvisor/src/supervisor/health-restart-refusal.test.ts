import { describe, expect, it } from 'vitest';
import { healthRestartRefusal } from './health-restart-refusal.ts';

describe('healthRestartRefusal', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');

  it.each([
    ['on', Number.NEGATIVE_INFINITY, null],
    ['on', now, null],
    ['on', now + 60_000, 'not restarted before 2026-11-23T12:01:00.000Z'],
    ['on', Number.POSITIVE_INFINITY, 'no health restart is allowed'],
    ['off', now, 'health restarts are off'],
    ['dry-run', now + 60_000, 'would be restarted now'],
  ] as const)('with restarts %s, allowed at %d, is %j', (mode, allowedAt, words) => {
    const refusal = healthRestartRefusal(mode, allowedAt, now);
    if (words === null) expect(refusal).toBeNull();
    else expect(refusal).toContain(words);
  });
});
