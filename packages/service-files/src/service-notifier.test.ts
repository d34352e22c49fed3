import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServiceNotifier } from './service-notifier.ts';

const seconds = 1_000;
const up = { words: 'running', ready: true };
const starting = { words: 'starting', ready: false };

/** A service that is as the test says. */
function told({ watchdogMs = null }: { readonly watchdogMs?: number | null } = {}) {
  const rest = { words: '', figures: null as string | null, ready: false, takesTime: false };
  let state = rest;
  let notifier: ReturnType<typeof createServiceNotifier> = null;
  const sent: unknown[] = [];
  const begin = () => {
    notifier = createServiceNotifier(
      { env: {}, pid: 1, onError: () => {}, readyAfterMs: 60_000, look: () => state },
      () => ({
        watchdogMs,
        tell: (message) => void sent.push(message),
        settled: () => Promise.resolve(),
      }),
    );
    return notifier;
  };
  return {
    begin,
    /** The service is so now, and says that it has changed. */
    becomes: (next: Partial<typeof rest>) => {
      state = { ...rest, ...next };
      notifier?.changed();
    },
    /** What was sent since the last call. */
    sent: () => sent.splice(0),
  };
}

describe('createServiceNotifier', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is null for a process that is no service', () => {
    const look = () => ({ words: '', figures: null, ready: true, takesTime: false });
    const service = { env: {}, pid: 1, onError: () => {}, readyAfterMs: 0, look };
    expect(createServiceNotifier(service)).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is ready with the service, and asks for more time until then', () => {
    const { begin, becomes, sent } = told();
    becomes(starting);
    begin();
    const status = 'starting';
    expect(sent()).toEqual([{ status, extendMs: 60_000 }]);
    vi.advanceTimersByTime(20 * seconds);
    expect(sent()).toEqual([{ status, extendMs: 60_000 }]);
    becomes(up);
    expect(sent()).toEqual([{ status: 'running', ready: true }]);
    vi.advanceTimersByTime(600 * seconds);
    becomes(up);
    expect(sent()).toEqual([]);
  });

  it('is ready at once where the service is', () => {
    const { begin, becomes, sent } = told();
    becomes(up);
    begin();
    expect(sent()).toEqual([{ status: 'running', ready: true }]);
  });

  it('is ready after the time that a start waits, however long it repairs its data', () => {
    const { begin, becomes, sent } = told();
    becomes(starting);
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

  it('asks for more time from the moment of a stop until its end', () => {
    const { begin, becomes, sent } = told();
    becomes(up);
    begin();
    sent();
    becomes({ words: 'stopping', takesTime: true });
    const stopping = { status: 'stopping', extendMs: 60_000 };
    expect(sent()).toEqual([stopping]);
    vi.advanceTimersByTime(60 * seconds);
    expect(sent()).toEqual([stopping, stopping, stopping]);
    becomes({ words: 'stopped' });
    expect(sent()).toEqual([{ status: 'stopped' }]);
  });

  it('tells a change of the words at once, and of the figures alone once a minute', () => {
    const { begin, becomes, sent } = told();
    becomes({ ...up, figures: 'head 1' });
    begin();
    sent();
    becomes({ ...up, figures: 'head 2' });
    vi.advanceTimersByTime(59 * seconds);
    becomes({ ...up, figures: 'head 3' });
    expect(sent()).toEqual([]);
    vi.advanceTimersByTime(1 * seconds);
    expect(sent()).toEqual([{ status: 'running; head 3' }]);
    becomes({ words: 'no answer' });
    expect(sent()).toEqual([{ status: 'no answer' }]);
  });

  it.each([180, 9])('gives three signs of life in the %i s that systemd waits for one', (limit) => {
    const { begin, becomes, sent } = told({ watchdogMs: limit * seconds });
    becomes(up);
    begin();
    sent();
    vi.advanceTimersByTime(limit * seconds);
    expect(sent()).toEqual(Array(3).fill({ status: 'running' }));
  });

  it('ends with its last words, and is silent afterwards', async () => {
    const { begin, becomes, sent } = told({ watchdogMs: 60_000 });
    becomes(up);
    const notifier = begin();
    sent();
    await notifier?.end('failed');
    expect(sent()).toEqual([{ status: 'failed', stopping: true }]);
    becomes(starting);
    vi.advanceTimersByTime(3_600 * seconds);
    expect(sent()).toEqual([]);
  });
});
