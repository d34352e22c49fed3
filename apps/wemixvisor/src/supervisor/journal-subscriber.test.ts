import { describe, expect, it } from 'vitest';
import { healthOf } from '../../test/health-of.ts';
import type { SupervisorEvent } from './events.ts';
import type { Journal } from './journal.ts';
import { journalEvent } from './journal-subscriber.ts';

/** What an event leaves in the journal: its level, facts and message. */
function written(event: SupervisorEvent): readonly (readonly [string, object, string])[] {
  const lines: (readonly [string, object, string])[] = [];
  const note = (level: string) => (facts: object, message: string) =>
    void lines.push([level, facts, message]);
  const journal = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  journalEvent(journal as unknown as Journal, event);
  return lines;
}

describe('the journal of a supervisor', () => {
  it.each(['unhealthy', 'degraded'] as const)(
    'warns of a node that becomes %s, and tells that it is well again',
    (status) => {
      const well = healthOf({ status: 'healthy', phase: 'synced', reason: 'it is in sync' });
      const ill = healthOf({ status, phase: 'stalled', reason: 'its head stands still' });
      expect(written({ type: 'health', before: well, after: ill })).toEqual([
        [
          'warn',
          { event: 'health', from: 'healthy', to: status, phase: 'stalled' },
          'its head stands still',
        ],
      ]);
      expect(written({ type: 'health', before: ill, after: well })).toEqual([
        [
          'info',
          { event: 'health', from: status, to: 'healthy', phase: 'synced' },
          'it is in sync',
        ],
      ]);
    },
  );

  it('says nothing of a look that changes nothing', () => {
    const well = healthOf({ status: 'healthy' });
    expect(written({ type: 'health', before: well, after: { ...well, reason: 'other' } })).toEqual(
      [],
    );
  });

  it('says why a restart for health was wanted, and why it was not made', () => {
    const restart = { type: 'health-restart', reason: 'no answer' } as const;
    expect(written({ ...restart, outcome: 'accepted', refusal: null })).toEqual([
      ['warn', { event: 'health-restart', outcome: 'accepted' }, 'no answer'],
    ]);
    expect(written({ ...restart, outcome: 'refused', refusal: 'no budget' })).toEqual([
      ['warn', { event: 'health-restart', outcome: 'refused' }, 'no budget: no answer'],
    ]);
  });

  it('names what a reload changed, and what it could not read', () => {
    const reloaded = { type: 'reloaded', applied: ['log.level'], at_next_start: ['x.y'] } as const;
    expect(written(reloaded)).toEqual([
      [
        'info',
        { event: 'reload', applied: ['log.level'], at_next_start: ['x.y'] },
        'applied the settings',
      ],
    ]);
    expect(written({ type: 'reload-refused', error: new Error('line 3') })).toEqual([
      ['error', { event: 'reload' }, 'nothing is changed: line 3'],
    ]);
  });
});
