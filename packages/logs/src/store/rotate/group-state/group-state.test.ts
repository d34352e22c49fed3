import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { watchGroupOnDarwin } from './darwin.ts';
import { watchGroupOnLinux } from './linux.ts';

function put(proc: string, pid: number, group: number, states: string): void {
  const stat = (state: string): string => `${pid} (a) b) S) ${state} 1 ${group} ${group} 0 -1 0`;
  mkdirSync(join(proc, String(pid), 'task'), { recursive: true });
  writeFileSync(join(proc, String(pid), 'stat'), stat(states.charAt(0)));
  Array.from(states).forEach((state, thread) => {
    mkdirSync(join(proc, String(pid), 'task', String(pid + thread)), { recursive: true });
    writeFileSync(join(proc, String(pid), 'task', String(pid + thread), 'stat'), stat(state));
  });
}

describe('watchGroupOnLinux', () => {
  it('waits for each thread of each member, new ones too, and for nobody else', async () => {
    await using proc = await temporaryDirectory();
    put(proc.path, 10, 10, 'RT');
    put(proc.path, 20, 20, 'R');
    const hasStopped = watchGroupOnLinux(10, proc.path);
    expect(hasStopped()).toBe(false);
    put(proc.path, 10, 10, 'TT');
    expect(hasStopped()).toBe(true);
    put(proc.path, 30, 10, 'D');
    expect(hasStopped()).toBe(false);
    put(proc.path, 30, 10, 'Z');
    expect(hasStopped()).toBe(true);
  });
});

describe('watchGroupOnDarwin', () => {
  it.each([
    ['  501 S\n  777 T+\n  777 Z\n', true],
    ['  501 S\n  777 T\n  777 U\n', false],
    ['  777 R+\n', false],
    ['', true],
  ])('reads %j', (table, stopped) => {
    expect(watchGroupOnDarwin(777, () => table)()).toBe(stopped);
  });
});
