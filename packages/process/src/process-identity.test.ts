import { describe, expect, it, vi } from 'vitest';
import { run } from '../test/support/lifecycles.ts';
import type { Platform, ProcessIdentity } from './platform/platform.ts';
import {
  fileDescriptors,
  identifyProcess,
  isSameProcess,
  processUsage,
} from './process-identity.ts';

const { identity } = run;
const used = { cpuMs: 5, residentBytes: 6 };
const opened = { open: 7, limit: null };

function machine(alive: ProcessIdentity | undefined) {
  return {
    identify: vi.fn((pid: number) => (pid === alive?.pid ? alive : undefined)),
    commandLine: () => undefined,
    usage: vi.fn((pid: number) => (pid === alive?.pid ? used : undefined)),
    fileDescriptors: vi.fn((pid: number) => (pid === alive?.pid ? opened : undefined)),
    mayExist: () => true,
    writersOf: () => [],
    membersOf: () => [],
    memoryKills: () => undefined,
    awaitsHandler: () => false,
    listeningSockets: () => [],
    memoryKillOf: () => undefined,
    identifyEveryMs: 0,
  } satisfies Platform;
}

describe('a pid', () => {
  it('is looked up on the platform', () => {
    expect(identifyProcess(identity.pid, machine(identity))).toBe(identity);
    expect(processUsage(identity.pid, machine(identity))).toBe(used);
    expect(fileDescriptors(identity.pid, machine(identity))).toBe(opened);
  });

  it.each([0, -1, -identity.pid, 1.5, NaN, Infinity])(
    'that means no single process is never looked up: %d',
    (pid) => {
      const platform = machine(identity);
      expect(identifyProcess(pid, platform)).toBeUndefined();
      expect(processUsage(pid, platform)).toBeUndefined();
      expect(fileDescriptors(pid, platform)).toBeUndefined();
      expect(platform.identify).not.toHaveBeenCalled();
      expect(platform.usage).not.toHaveBeenCalled();
      expect(platform.fileDescriptors).not.toHaveBeenCalled();
    },
  );

  it('is looked up on this machine when no platform is given', () => {
    const me = identifyProcess(process.pid);
    expect(me?.executable).toContain('node');
    expect(isSameProcess(me ?? identity)).toBe(true);
    expect(processUsage(process.pid)?.residentBytes).toBeGreaterThan(1_000_000);
  });
});

describe('isSameProcess', () => {
  it.each<[boolean, string, ProcessIdentity | undefined]>([
    [true, 'nothing differs', identity],
    [true, 'its program was replaced', { ...identity, executable: null }],
    [false, 'it began at another time', { ...identity, startTime: '78' }],
    [false, 'it began in another boot', { ...identity, bootId: 'another boot' }],
    [false, 'nobody bears the pid', undefined],
  ])('is %s when %s', (same, _, now) => {
    expect(isSameProcess(identity, machine(now))).toBe(same);
  });
});
