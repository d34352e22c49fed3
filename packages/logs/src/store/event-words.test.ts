import { describe, expect, it } from 'vitest';
import { wordsOf } from './event-words.ts';
import type { StoreEvent } from './store-event.ts';

const at = new Date(0);
const notRotated = (reason: 'empty' | 'cannot-pause' | 'failed', error: Error | null) =>
  ({ type: 'rotation', report: { rotated: false, at, reason, error, message: '' } }) as const;

describe('the words for what happens to a log', () => {
  it.each<[StoreEvent, string, string]>([
    [
      { type: 'rotation', report: { rotated: true, at, segment: 's', bytes: 5, pauseMs: 1.5 } },
      'info',
      'rotated the log',
    ],
    [notRotated('empty', null), 'debug', 'not rotated: empty'],
    [notRotated('cannot-pause', null), 'debug', 'not rotated: cannot-pause'],
    [notRotated('failed', new Error('EIO')), 'warn', 'not rotated: EIO'],
    [{ type: 'recovered', rotation: 'undone' }, 'info', 'an interrupted rotation is complete'],
    [{ type: 'compressed', segment: 's', bytes: 5 }, 'debug', 'compressed a segment'],
    [{ type: 'removed', segments: ['s'] }, 'info', 'removed the oldest segments of the log'],
    [{ type: 'disk-full', freeBytes: 3 }, 'error', 'no room for the log: lines are lost'],
    [
      { type: 'disk-recovered', freeBytes: 9, fullMs: 61_500 },
      'warn',
      'there is room for the log again; there was none for 62 s, of which lines may be missing',
    ],
    [
      { type: 'disk-recovered', freeBytes: 9, fullMs: 10_800_000 },
      'warn',
      'there is room for the log again; there was none for 180 min, of which lines may be missing',
    ],
    [
      { type: 'truncated-by-other', lostBytes: 7 },
      'warn',
      "another program cut the node's log: 7 bytes are lost; leave its rotation to wemixvisor",
    ],
    [{ type: 'cannot-pause', error: new Error('no shell') }, 'error', 'no shell'],
    [{ type: 'moved-by-other', error: new Error('moved') }, 'error', 'moved'],
    [{ type: 'error', error: new Error('EIO') }, 'warn', 'the log: EIO'],
  ])('%j: %s %s', (event, level, message) => {
    expect(wordsOf(event)).toEqual({ level, message });
  });
});
