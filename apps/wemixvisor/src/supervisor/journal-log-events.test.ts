import { describe, expect, it } from 'vitest';
import type { SupervisorEvent } from './events.ts';
import { journalLogEvent, logTrouble } from './journal-log-events.ts';
import type { Journal } from './journal.ts';

type LogEvent = Extract<SupervisorEvent, { type: 'log' }>;

const told = (event: LogEvent['event'], level: LogEvent['words']['level'] = 'warn'): LogEvent => ({
  type: 'log',
  event,
  words: { level, message: 'so it is' },
});

/** What an event leaves in the journal. */
function written(event: LogEvent) {
  const lines: unknown[] = [];
  const note = (level: string) => (facts: object, message: string) =>
    void lines.push([level, facts, message]);
  const journal = { debug: note('debug'), warn: note('warn'), error: note('error') };
  journalLogEvent(journal as unknown as Journal, event);
  return lines;
}

const at = new Date(0);

describe('the journal of the log store', () => {
  it.each<[LogEvent['event'], object]>([
    [
      { type: 'rotation', report: { rotated: true, at, segment: 's', bytes: 5, pauseMs: 1.5 } },
      { event: 'log-rotated', bytes: 5, pause_ms: 1.5 },
    ],
    [
      {
        type: 'rotation',
        report: { rotated: false, at, reason: 'empty', error: null, message: '' },
      },
      { event: 'log-rotation', reason: 'empty' },
    ],
    [
      { type: 'disk-recovered', freeBytes: 9, fullMs: 61_500 },
      { event: 'log-disk-recovered', free_bytes: 9, full_ms: 61_500 },
    ],
    [
      { type: 'removed', segments: ['a', 'b'] },
      { event: 'log-removed', segments: ['a', 'b'] },
    ],
    [{ type: 'cannot-pause', error: new Error('no shell') }, { event: 'log-cannot-pause' }],
    [{ type: 'error', error: new Error('EIO') }, { event: 'log-error' }],
  ])('has the facts of %j', (event, facts) => {
    expect(written(told(event))).toEqual([['warn', facts, 'so it is']]);
  });

  it('has them at the level of the event', () => {
    expect(written(told({ type: 'disk-full', freeBytes: 3 }, 'error'))).toEqual([
      ['error', { event: 'log-disk-full', free_bytes: 3 }, 'so it is'],
    ]);
  });
});

describe('the trouble of a log', () => {
  it('is told of what another program did, and of a node that cannot be paused', () => {
    const error = new Error('x');
    expect(logTrouble(told({ type: 'truncated-by-other', lostBytes: 1 }))).toBe('so it is');
    expect(logTrouble(told({ type: 'cannot-pause', error }))).toBe('so it is');
    expect(logTrouble(told({ type: 'moved-by-other', error }))).toBe('so it is');
    expect(logTrouble(told({ type: 'error', error }))).toBeNull();
    expect(logTrouble(told({ type: 'removed', segments: [] }))).toBeNull();
  });
});
