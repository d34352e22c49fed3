import { createFakeMachine } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { run } from '../test/support/lifecycles.ts';
import { lackOfMemory } from './lack-of-memory.ts';
import type { Platform } from './platform/platform.ts';

const platform = (changes: Partial<Platform>): Platform => ({
  ...createFakeMachine().ports().ports.platform,
  ...changes,
});
const killed = { code: null, signal: 'SIGKILL' };

describe('a kill for lack of memory', () => {
  it('is what the kernel says of this process', () => {
    const asked: unknown[] = [];
    const says = platform({
      listeningSockets: () => [],
      memoryKillOf: (one) => (asked.push(one), 'Killed process 4321 (geth)'),
    });
    expect(lackOfMemory(run, killed, says)).toBe('Killed process 4321 (geth)');
    expect(lackOfMemory(run, { code: 137, signal: null }, says)).not.toBeNull();
    expect(asked).toEqual([run.identity, run.identity]);
  });

  it('is told by the count of the control group where the log may not be read', () => {
    const own = { group: '/of/the/reader', count: 99 };
    const counts = platform({
      memoryKills: (group) => (group === '/of/the/node' ? { group, count: 5 } : own),
    });
    const after = (count: number) => ({ ...run, killsBefore: { group: '/of/the/node', count } });
    expect(lackOfMemory(after(3), killed, counts)).toBe(
      'the kernel killed 2 of this control group for lack of memory (oom_kill)',
    );
    expect(lackOfMemory(after(5), killed, counts)).toBeNull();
    expect(lackOfMemory(after(6), killed, counts)).toBeNull();
    expect(lackOfMemory(run, killed, counts)).toBeNull();
    expect(lackOfMemory(after(3), killed, platform({}))).toBeNull();
  });

  it('is no other end', () => {
    const says = platform({ memoryKillOf: () => 'Killed process 4321 (geth)' });
    expect(lackOfMemory(run, { code: null, signal: 'SIGTERM' }, says)).toBeNull();
    expect(lackOfMemory(run, { code: 1, signal: null }, says)).toBeNull();
    expect(lackOfMemory(run, { code: 0, signal: null }, says)).toBeNull();
  });
});
