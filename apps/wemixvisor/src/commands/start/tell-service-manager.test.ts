import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { healthOf } from '../../../test/health-of.ts';
import { statusOf } from '../../../test/status-of.ts';
import type { StatusFacts } from '../../report/status-report.ts';
import type { Operations } from '../../control/operations.ts';
import { createEventStream, type SupervisorEvent } from '../../supervisor/events.ts';
import { tellServiceManager } from './tell-service-manager.ts';

const seconds = 1_000;
const up = { state: 'running', desired: 'up', pid: 4711, startedAt: 0 } as const;

/** A told supervisor whose node is as the test says. */
function told({ watchdogMs = null }: { readonly watchdogMs?: number | null } = {}) {
  let facts: readonly [Partial<StatusFacts['lifecycle']>, Partial<StatusFacts>] = [{}, {}];
  const sent: unknown[] = [];
  const events = createEventStream((fault) => {
    throw new Error(fault);
  });
  events.open();
  const operations = { status: () => statusOf(...facts) } as Operations;
  const begin = () =>
    tellServiceManager(
      {
        supervisor: { events, operations },
        env: {},
        pid: 1,
        waitTimeoutMs: 60_000,
        warn: () => {},
      },
      () => ({
        watchdogMs,
        tell: (message) => void sent.push(message),
        settled: () => Promise.resolve(),
      }),
    );
  return {
    begin,
    /** The node is so now, and an event tells of it. */
    becomes: (lifecycle: Partial<StatusFacts['lifecycle']>, others: Partial<StatusFacts> = {}) => {
      facts = [lifecycle, others];
      events.publish({ type: 'lifecycle' } as SupervisorEvent);
    },
    /** What was sent since the last call. */
    sent: () => sent.splice(0),
  };
}

describe('tellServiceManager', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is null for a supervisor that is no service', () => {
    const supervisor = { events: createEventStream(() => {}), operations: {} as Operations };
    expect(
      tellServiceManager({ supervisor, env: {}, pid: 1, waitTimeoutMs: 0, warn: () => {} }),
    ).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is ready with the node, and asks for more time until then', () => {
    const { begin, becomes, sent } = told();
    becomes({ ...up, state: 'starting' });
    begin();
    const status = expect.stringMatching(/^starting since/) as string;
    expect(sent()).toEqual([{ status, extendMs: 60_000 }]);
    vi.advanceTimersByTime(20 * seconds);
    expect(sent()).toEqual([{ status, extendMs: 60_000 }]);
    becomes(up);
    expect(sent()).toEqual([{ status: 'running', ready: true }]);
    vi.advanceTimersByTime(600 * seconds);
    becomes(up);
    expect(sent()).toEqual([]);
  });

  it('is ready at once where the node runs already', () => {
    const { begin, becomes, sent } = told();
    becomes(up);
    begin();
    expect(sent()).toEqual([{ status: 'running', ready: true }]);
  });

  it('is ready after the time that a start waits, however long the node repairs its data', () => {
    const { begin, becomes, sent } = told();
    becomes({ ...up, state: 'starting' });
    begin();
    vi.advanceTimersByTime(59 * seconds);
    expect(sent()).not.toContainEqual(expect.objectContaining({ ready: true }));
    vi.advanceTimersByTime(1 * seconds);
    expect(sent()).toContainEqual({ ready: true });
    vi.advanceTimersByTime(3_600 * seconds);
    expect(sent()).toEqual([]);
    becomes(up);
    expect(sent()).toEqual([{ status: 'running' }]);
  });

  it('asks for more time from the moment of a stop until the node has ended', () => {
    const { begin, becomes, sent } = told();
    becomes(up);
    begin();
    sent();
    becomes({ ...up, state: 'stopping', reason: 'stopped by the operator' });
    const stopping = { status: 'stopping: stopped by the operator', extendMs: 60_000 };
    expect(sent()).toEqual([stopping]);
    vi.advanceTimersByTime(60 * seconds);
    expect(sent()).toEqual([stopping, stopping, stopping]);
    becomes({ state: 'stopped' });
    expect(sent()).toEqual([{ status: 'stopped' }]);
  });

  it('tells a change of the words at once, and of the figures alone once a minute', () => {
    const { begin, becomes, sent } = told();
    const at = (number: number) => ({
      health: healthOf({
        head: {
          number,
          timestamp: '2026-11-23T12:00:00.000Z',
          ageSeconds: 1,
          blockIntervalSeconds: 1,
        },
      }),
    });
    becomes(up, at(1));
    begin();
    sent();
    becomes(up, at(2));
    vi.advanceTimersByTime(59 * seconds);
    becomes(up, at(3));
    expect(sent()).toEqual([]);
    vi.advanceTimersByTime(1 * seconds);
    expect(sent()).toEqual([{ status: expect.stringContaining('head 3, 3 peers') as string }]);
    becomes(up, { health: healthOf({ status: 'unhealthy', reason: 'no answer', head: null }) });
    expect(sent()).toEqual([{ status: 'running, unhealthy (no answer)' }]);
  });

  it.each([180, 9])('gives three signs of life in the %i s that systemd waits for one', (limit) => {
    const { begin, becomes, sent } = told({ watchdogMs: limit * seconds });
    becomes(up);
    begin();
    sent();
    vi.advanceTimersByTime(limit * seconds);
    expect(sent()).toEqual(Array(3).fill({ status: 'running' }));
  });

  it('ends with how the node ended, or with the node that it leaves, and is silent afterwards', async () => {
    const { begin, becomes, sent } = told({ watchdogMs: 60_000 });
    becomes({ state: 'error', reason: 'it could not start' });
    const teller = begin();
    sent();
    await teller?.end();
    expect(sent()).toEqual([{ status: 'failed: it could not start', stopping: true }]);
    becomes(up);
    vi.advanceTimersByTime(3_600 * seconds);
    expect(sent()).toEqual([]);
    await teller?.end();
    expect(sent()).toEqual([
      { status: 'detached: the node (pid 4711) runs on, and nobody watches it', stopping: true },
    ]);
  });
});
