import type { StoreEvent } from '@wemixvisor/logs';
import { describe, expect, it } from 'vitest';
import { journalLogEvent } from './journal-log-events.ts';
import type { Journal } from './journal.ts';

const at = new Date(0);

function journaled(event: StoreEvent): string {
  const lines: string[] = [];
  const note = (level: string) => (_facts: object, message: string) =>
    void lines.push(`${level} ${message}`);
  const journal = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  journalLogEvent(journal as unknown as Journal, event);
  return lines.join('|');
}

describe('the journal of the log store', () => {
  it.each<[StoreEvent, string]>([
    [
      { type: 'rotation', report: { rotated: true, at, segment: 's', bytes: 5, pauseMs: 1.5 } },
      'info rotated the log',
    ],
    [
      { type: 'rotation', report: { rotated: false, at, reason: 'empty', error: null } },
      'debug not rotated: empty',
    ],
    [
      { type: 'rotation', report: { rotated: false, at, reason: 'cannot-pause', error: null } },
      'debug not rotated: cannot-pause',
    ],
    [
      {
        type: 'rotation',
        report: { rotated: false, at, reason: 'failed', error: new Error('EIO') },
      },
      'warn not rotated: EIO',
    ],
    [{ type: 'recovered', rotation: 'completed' }, 'info an interrupted rotation is complete'],
    [{ type: 'compressed', segment: 's', bytes: 5 }, 'debug compressed a segment'],
    [{ type: 'removed', segments: ['s'] }, 'info removed the oldest segments of the log'],
    [{ type: 'disk-full', freeBytes: 3 }, 'error no room for the log: lines are lost'],
    [
      { type: 'disk-recovered', freeBytes: 9, fullMs: 61_500 },
      'warn there is room for the log again; there was none for 1m2s, of which lines may be missing',
    ],
    [
      { type: 'truncated-by-other', lostBytes: 7 },
      "warn another program cut the node's log: 7 bytes are lost; leave its rotation to wemixvisor",
    ],
    [{ type: 'cannot-pause', error: new Error('su writes') }, 'error su writes'],
    [{ type: 'moved-by-other', error: new Error('moved') }, 'error moved'],
    [{ type: 'error', error: new Error('EIO') }, 'warn the log: EIO'],
  ])('%j is %j', (event, line) => {
    expect(journaled(event)).toBe(line);
  });
});
