import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { platformFor, sendSignal, systemClock } from './ports.ts';

describe('systemClock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits longer than one timer of Node can', () => {
    const fired = vi.fn();
    systemClock.setTimer(fired, 60 * 86_400_000);
    vi.advanceTimersByTime(60 * 86_400_000 - 1);
    expect(fired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(fired).toHaveBeenCalledOnce();
  });

  it('can be cancelled in the second half of a long wait', () => {
    const fired = vi.fn();
    const cancel = systemClock.setTimer(fired, 30 * 86_400_000);
    vi.advanceTimersByTime(29 * 86_400_000);
    cancel();
    vi.advanceTimersByTime(2 * 86_400_000);
    expect(fired).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('sendSignal', () => {
  it('says when nobody got it', () => {
    expect(sendSignal(2 ** 30, 'SIGCONT')).toBe(false);
    expect(sendSignal(process.pid, 'SIGCONT')).toBe(true);
  });
});

describe('platformFor', () => {
  it('knows Linux and macOS', () => {
    expect(platformFor('linux').identifyEveryMs).toBe(0);
    expect(platformFor('darwin').identifyEveryMs).toBe(5_000);
  });
  it('refuses others with a reason', () => {
    expect(() => platformFor('win32')).toThrow('processes cannot be told apart on win32');
  });
});
