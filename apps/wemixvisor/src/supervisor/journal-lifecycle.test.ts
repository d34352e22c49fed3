import { initialLifecycle, unsupervisedSnapshot, type LifecycleChange } from '@wemixvisor/process';
import { describe, expect, it } from 'vitest';
import { exitOf } from '../../test/status-of.ts';
import { journalLifecycle } from './journal-lifecycle.ts';
import type { Journal } from './journal.ts';

type Line = readonly [level: string, facts: Readonly<Record<string, unknown>>, message: string];

const rest = await unsupervisedSnapshot(initialLifecycle, { runDirectory: '/nowhere' });

function journaled(change: Partial<LifecycleChange>): readonly Line[] {
  const lines: Line[] = [];
  const note = (level: string) => (facts: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push([level, facts, message]);
  const [debug, info, warn, error] = ['debug', 'info', 'warn', 'error'].map(note);
  const journal = { debug, info, warn, error } as unknown as Journal;
  const event = { type: 'exited', seenAt: 5_000 } as unknown as LifecycleChange['event'];
  journalLifecycle(journal, { before: rest, after: rest, event, ...change });
  return lines;
}

describe('the journal of the node’s lifecycle', () => {
  it('has an end that was asked for as news, and any other as a warning', () => {
    const endedBy = (cause: 'asked' | 'unasked' | 'grace-period' | 'forced') =>
      journaled({ after: { ...rest, lastExit: exitOf({ cause }) } })[0]?.[0];
    expect(endedBy('asked')).toBe('info');
    expect(endedBy('unasked')).toBe('warn');
    expect(endedBy('grace-period')).toBe('warn');
    expect(endedBy('forced')).toBe('warn');
  });

  it('has of an end what is known of it, with the time it was seen at', () => {
    const before = { ...rest, pid: 7 };
    const lastExit = exitOf({ at: 4_000, uptimeMs: 3_000, lastLine: 'Fatal: bad block' });
    expect(journaled({ before, after: { ...rest, lastExit } })[0]).toEqual([
      'warn',
      {
        event: 'node-exited',
        pid: 7,
        code: 1,
        signal: null,
        cause: 'unasked',
        uptime_ms: 3_000,
        last_line: 'Fatal: bad block',
        exited_at: new Date(4_000),
        seen_at: new Date(5_000),
      },
      'the node ended with code 1',
    ]);
  });

  it('does not say that an end was seen when it is learnt with something else', () => {
    const after = { ...rest, lastExit: exitOf() };
    const event = { type: 'ready', at: 0 } as unknown as LifecycleChange['event'];
    expect(journaled({ after, event })[0]?.[1]).toMatchObject({ seen_at: null });
  });

  it('tells of an end once, not again with what follows it', () => {
    const ended = { ...rest, lastExit: exitOf() };
    const lines = journaled({ before: ended, after: { ...ended, state: 'crashed' } });
    expect(lines.map(([, { event }]) => event)).toEqual(['state']);
  });

  it.each([
    ['starting', 'info'],
    ['running', 'info'],
    ['stopping', 'info'],
    ['crashed', 'warn'],
    ['error', 'error'],
  ] as const)('tells that the node is %s as %s', (state, level) => {
    const after = { ...rest, state, pid: 9, generation: 2 };
    expect(journaled({ after })).toEqual([
      [
        level,
        { event: 'state', from: 'stopped', to: state, pid: 9, generation: 2, next: null },
        `stopped → ${state}`,
      ],
    ]);
  });

  it('tells why a state was entered, where it is known', () => {
    const after = { ...rest, state: 'error', reason: 'too many restarts' } as const;
    expect(journaled({ after })[0]?.[2]).toBe('stopped → error: too many restarts');
  });

  it('tells who of a stopping node lives on, though its state stays the same', () => {
    const after = { ...rest, state: 'stopping', reason: 'outlived by geth (7)' } as const;
    const event = { type: 'survivorsFound' } as unknown as LifecycleChange['event'];
    expect(journaled({ before: after, after, event })).toEqual([
      ['info', expect.any(Object), 'stopping → stopping: outlived by geth (7)'],
    ]);
  });

  it('keeps what changes no state to the eyes of those who debug', () => {
    expect(journaled({ event: { type: 'timer' } as unknown as LifecycleChange['event'] })).toEqual([
      ['debug', { event: 'timer' }, 'timer'],
    ]);
  });
});
