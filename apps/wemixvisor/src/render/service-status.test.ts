import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { exitOf, statusOf } from '../../test/status-of.ts';
import type { StatusFacts } from '../report/status-report.ts';
import { serviceStatus } from './service-status.ts';

const at = Date.parse('2026-11-28T12:03:44.500Z');
const up = { state: 'running', desired: 'up', pid: 4711, startedAt: at } as const;
const lineOf = (lifecycle: Partial<StatusFacts['lifecycle']>, facts: Partial<StatusFacts> = {}) => {
  const { words, figures } = serviceStatus(statusOf(lifecycle, { now: at, ...facts }));
  return figures === null ? words : `${words}; ${figures}`;
};

describe('serviceStatus', () => {
  it('tells how a running node is, and when its figures were so', () => {
    const health = healthOf({
      timestamp: '2026-11-28T12:03:44.123Z',
      head: {
        number: 123,
        timestamp: '2026-11-28T12:03:40.000Z',
        ageSeconds: 4,
        blockIntervalSeconds: 1,
      },
      checks: checksOf({ peer_count: { healthy: true, peers: 1, min_required: 1 } }),
    });
    expect(lineOf(up, { health })).toMatch(
      /^running, healthy \(.+\); head 123, 1 peer at 2026-11-28 12:03:44 UTC$/,
    );
    expect(lineOf(up)).toBe('running');
  });

  it('names no figures of a node that is not running', () => {
    const health = healthOf({});
    expect(lineOf({ ...up, state: 'stopping', reason: 'stopped by SIGTERM' }, { health })).toBe(
      'stopping: stopped by SIGTERM',
    );
  });

  it.each([
    [
      'starting',
      { ...up, state: 'starting' },
      'starting since 2026-11-28 12:03:44 UTC: it does not answer yet',
    ],
    [
      'stopping',
      { ...up, state: 'stopping', stopPhase: { what: 'writing cached state', since: at } },
      'stopping: writing cached state since 2026-11-28 12:03:44 UTC',
    ],
    [
      'waiting',
      { state: 'crashed', reason: 'the disk is full', nextAction: { what: 'check', at } },
      'waiting: the disk is full; it is started when this has cleared',
    ],
    [
      'down',
      { state: 'crashed', reason: 'it ended', nextAction: { what: 'restart', at } },
      'down: it ended; it is started again at 2026-11-28 12:03:44 UTC',
    ],
    [
      'in error',
      { state: 'error', reason: 'gave up after 5 restarts' },
      'failed: gave up after 5 restarts',
    ],
    ['stopped', { state: 'stopped' }, 'stopped'],
  ] as const)('tells of a node that is %s', (_, lifecycle, line) => {
    expect(lineOf(lifecycle)).toBe(line);
  });

  it('shows no secret and no line of the log: every user of the machine can read it', () => {
    const lastExit = exitOf({ lastLine: 'Fatal: from the log' });
    const line = lineOf({
      state: 'error',
      lastExit,
      reason: 'no answer from http://op:pw@h/\u001b[2J',
    });
    expect(line).toMatch(/^failed: no answer from http:/);
    for (const part of ['pw', 'from the log', '\u001b']) expect(line).not.toContain(part);
  });
});
