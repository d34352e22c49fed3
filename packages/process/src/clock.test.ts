import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

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
