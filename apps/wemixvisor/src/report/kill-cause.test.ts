import type { LifecycleChange } from '@wemixvisor/process';
import { describe, expect, it } from 'vitest';
import { lifecycleOf } from '../../test/status-of.ts';
import { killCauseAfter } from './kill-cause.ts';

const stopping = lifecycleOf({ state: 'stopping', generation: 1, pid: 7 });
const change = (event: LifecycleChange['event'], after = stopping): LifecycleChange => ({
  ...{ before: stopping, after, event },
});
const asked = change({ type: 'stopRequested', at: 0, force: true });
const overdue = change({ type: 'timerFired', timer: 'kill', generation: 1, at: 0 });

describe('why a node was killed', () => {
  it('is the request where one forced it, and the grace period where that ended', () => {
    expect(killCauseAfter(null, asked)).toBe('asked-for');
    expect(killCauseAfter(null, overdue)).toBe('grace-period');
  });

  it('is what came first', () => {
    expect(killCauseAfter('grace-period', asked)).toBe('grace-period');
    expect(killCauseAfter('asked-for', overdue)).toBe('asked-for');
  });

  it('is nothing for a stop that waits, and for one of a node that is down', () => {
    expect(killCauseAfter(null, change({ type: 'stopRequested', at: 0 }))).toBeNull();
    const down = lifecycleOf({ generation: 1 });
    const event = { type: 'stopRequested', at: 0, force: true } as const;
    expect(killCauseAfter(null, change(event, down))).toBeNull();
  });

  it('is kept after the end, until another process is started', () => {
    const event = { type: 'startRequested', at: 0 } as const;
    expect(killCauseAfter('asked-for', change(event, lifecycleOf({ generation: 1 })))).toBe(
      'asked-for',
    );
    expect(killCauseAfter('asked-for', change(event, lifecycleOf({ generation: 2 })))).toBeNull();
  });
});
