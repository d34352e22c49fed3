import { describe, expect, it } from 'vitest';
import type { LastExit } from '@wemixvisor/process';
import { healthOf } from '../../test/health-of.ts';
import { exitOf, statusOf } from '../../test/status-of.ts';
import { explain } from './explanation.ts';
import type { StatusFacts } from './status-report.ts';

const diagnosis = {
  cause: 'port-taken',
  class: 'short',
  summary: 'port 8545 is taken',
  remedy: 'free it',
  evidence: 'bind: address already in use',
  confidence: 'certain',
} as const;
const at = Date.parse('2026-11-28T00:00:00Z');
const up = { state: 'running', desired: 'up', pid: 7, startedAt: at } as const;
const down = {
  state: 'crashed',
  desired: 'up',
  reason: 'exit code 1',
  lastExit: exitOf({ at }),
} as const;
const explained = (lifecycle: Partial<StatusFacts['lifecycle']>, facts?: Partial<StatusFacts>) =>
  explain(statusOf(lifecycle, facts));
const typed = (...status: Parameters<typeof explained>) =>
  explained(...status).commands.map(({ command }) => command);

const examined = ['wemixvisor doctor', 'wemixvisor crashes show', 'wemixvisor start'];

describe('the explanation of a node', () => {
  it('that runs well has nothing to do', () => {
    expect(explained(up, { health: healthOf() })).toEqual({
      schema: 1,
      state: 'running',
      since: '2026-11-28T00:00:00.000Z',
      supervised: true,
      ended_at: null,
      cause: null,
      evidence: null,
      last_line: null,
      done: null,
      next: 'it goes on',
      next_at: null,
      remedy: null,
      commands: [],
    });
  });

  it('that is not well says why, and how to look into it', () => {
    const health = healthOf({ status: 'unhealthy', reason: 'no answer', next: 'a restart in 5m' });
    expect(explained(up, { health })).toMatchObject({
      cause: 'no answer',
      next: 'a restart in 5m',
    });
    expect(typed(up, { health })).toEqual([
      'wemixvisor health --live',
      'wemixvisor logs --level warn -n 50',
    ]);
  });

  it('that is well again after an end tells of that end', () => {
    const lastExit = exitOf({ at, lastLine: 'bye', diagnosis });
    const restarts = { crash: 1, health: 0, operator: 0 };
    const facts = { health: healthOf() };
    expect(explained({ ...up, lastExit, restarts }, facts)).toMatchObject({
      ended_at: '2026-11-28T00:00:00.000Z',
      cause: 'its last end: port 8545 is taken',
      evidence: 'bind: address already in use',
      last_line: null,
      done: 'restarted once after it ended',
      next: 'it goes on',
      remedy: 'free it',
    });
    const unknown = explained({ ...up, lastExit: exitOf({ at }), restarts }, facts);
    expect(unknown).toMatchObject({ ended_at: null, cause: null, evidence: null, remedy: null });
  });

  it('that nobody watches says so before anything else', () => {
    const facts = { supervisorPid: null, health: healthOf({ status: 'degraded' }) };
    expect(explained(up, facts)).toMatchObject({
      supervised: false,
      next: 'nobody restarts the node if it ends',
    });
    expect(typed(up, facts)).toEqual(['wemixvisor start']);
  });

  it('whose end is known has its cause, the line that tells, what was done and what to do', () => {
    const lifecycle = {
      ...down,
      reason: 'port 8545 is taken (exit code 1)',
      lastExit: exitOf({ at, lastLine: 'bye', diagnosis }),
      restarts: { crash: 2, health: 1, operator: 0 },
      nextAction: { what: 'check', at: at + 10_000 },
    } as const;
    expect(explained(lifecycle)).toMatchObject({
      state: 'crashed',
      since: '2026-11-28T00:00:00.000Z',
      cause: 'port 8545 is taken (exit code 1)',
      evidence: 'bind: address already in use',
      done: 'restarted 2 times after it ended, once for its health',
      next: 'it starts by itself when the cause is gone, checked every 10 s',
      next_at: null,
      remedy: 'free it',
    });
    expect(typed(lifecycle)).toEqual([
      'wemixvisor crashes show',
      'wemixvisor start',
      'wemixvisor stop',
    ]);
  });

  it('whose end is not known has its last line', () => {
    const lifecycle = {
      ...down,
      lastExit: exitOf({ lastLine: 'bye' }),
      nextAction: { what: 'restart', at },
    } as const;
    expect(explained(lifecycle)).toMatchObject({
      evidence: null,
      last_line: 'bye',
      done: 'not restarted yet',
      next: 'it is started again',
      next_at: '2026-11-28T00:00:00.000Z',
      remedy: null,
    });
    const mute = {
      ...down,
      lastExit: exitOf({ lastLine: 'bye', diagnosis: { ...diagnosis, evidence: '' } }),
    };
    expect(explained(mute)).toMatchObject({ evidence: null, last_line: 'bye' });
  });

  it('that was not started again says why', () => {
    const doneAfter = (over: Partial<LastExit>) =>
      explained({ ...down, state: 'error', lastExit: exitOf({ at, ...over }) }).done;
    expect(doneAfter({ diagnosis: { ...diagnosis, class: 'never' } })).toBe(
      'not restarted: it would end the same way',
    );
    expect(doneAfter({ diagnosis })).toBe('not restarted');
    expect(doneAfter({ cause: 'asked' })).toBeNull();
  });

  it.each([
    ['error', 'up', 'nothing until you start it', examined],
    ['stopped', 'up', 'nothing until you start it', examined],
    ['stopped', 'down', 'nothing: it was stopped', examined],
  ] as const)('that is %s and wanted %s says what it takes', (state, desired, next, commands) => {
    expect(explained({ ...down, state, desired, reason: null })).toMatchObject({
      cause: 'it ended with code 1',
      next,
    });
    expect(typed({ ...down, state, desired })).toEqual(commands);
  });

  it.each([
    ['starting', null, 'it is running as soon as it answers', ['wemixvisor logs -f']],
    ['stopping', null, 'it has as long as it takes to stop', []],
    ['stopping', { what: 'kill', at }, 'it is killed if it has not ended by then', []],
  ] as const)('that is %s (%j) says what it waits for', (state, nextAction, next, commands) => {
    const lifecycle = { ...up, state, nextAction };
    expect(explained(lifecycle).next).toBe(next);
    expect(typed(lifecycle)).toEqual(commands);
  });

  it('that is to end says what it does, and one that was asked to end has no report', () => {
    const stopPhase = { what: 'writing cached state', since: at };
    expect(explained({ ...up, state: 'stopping', stopPhase }).cause).toBe(
      'it is stopping: writing cached state since 2026-11-28T00:00:00.000Z',
    );
    const asked = { ...down, state: 'stopped', lastExit: exitOf({ cause: 'asked' }) } as const;
    expect(typed(asked)).toEqual(['wemixvisor doctor', 'wemixvisor start']);
  });

  it('that never ran has no end to explain', () => {
    expect(explained({})).toMatchObject({
      state: 'stopped',
      since: null,
      cause: null,
      evidence: null,
    });
  });
});
