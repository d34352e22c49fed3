import { describe, expect, it } from 'vitest';
import { pauseGroup } from './pause-group.ts';

/** A group of which each look takes a millisecond. */
function group(canPause: boolean) {
  let signals = 0;
  let now = 0;
  const pausable = {
    groupId: 1,
    pause: () => {
      signals += 1;
      return canPause;
    },
    resume: () => undefined,
  };
  return {
    pause: (hasStopped: (look: number) => boolean) =>
      pauseGroup(pausable, () => hasStopped((now += 1)), { monotonic: () => now }),
    signals: () => signals,
    looks: () => now,
  };
}

describe('pauseGroup', () => {
  it('waits until each thread has stopped', () => {
    const { pause, signals, looks } = group(true);
    expect(pause((look) => look === 3)).toBe('paused');
    expect([signals(), looks()]).toEqual([1, 3]);
  });

  it('gives up after 250 ms', () => {
    const { pause, looks } = group(true);
    expect(pause(() => false)).toBe('running');
    expect(looks()).toBe(251);
  });

  it('does not wait for a group that cannot be signalled', () => {
    const { pause, looks } = group(false);
    expect(pause(() => true)).toBe('unsignalled');
    expect(looks()).toBe(0);
  });

  it('gives up when the state of the group cannot be read', () => {
    const fails = (): never => {
      throw new Error('EACCES');
    };
    expect(group(true).pause(fails)).toBe('running');
  });
});
