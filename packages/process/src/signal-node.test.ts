import { describe, expect, it, vi } from 'vitest';
import { run } from '../test/support/lifecycles.ts';
import type { Platform, ProcessIdentity } from './platform/platform.ts';
import { signalGroup, signalProcess } from './signal-node.ts';

const { identity, recorder } = run;
const stranger = (pid: number): ProcessIdentity => ({ ...identity, pid, startTime: 'later' });

/** A machine on which only the given processes live. */
function machine(...alive: readonly ProcessIdentity[]) {
  const platform: Platform = {
    identify: (pid) => alive.find((process) => process.pid === pid),
    commandLine: () => undefined,
    usage: () => undefined,
    fileDescriptors: () => undefined,
    awaitsHandler: () => false,
    mayExist: () => true,
    writersOf: () => [],
    membersOf: () => [],
    memoryKills: () => undefined,
    listeningSockets: () => [],
    memoryKillOf: () => undefined,
    identifyEveryMs: 0,
  };
  return { platform, signal: vi.fn(() => true) };
}

describe('signalProcess', () => {
  it('signals the process that is meant', () => {
    const ports = machine(identity);
    expect(signalProcess(identity, 'SIGTERM', ports)).toBe(true);
    expect(ports.signal).toHaveBeenCalledExactlyOnceWith(identity.pid, 'SIGTERM');
  });

  it.each([
    ['nobody bears its pid', machine()],
    ['another process bears its pid', machine(stranger(identity.pid))],
    ['its pid was used in another boot', machine({ ...identity, bootId: 'another boot' })],
  ])('signals nobody when %s', (_, ports) => {
    expect(signalProcess(identity, 'SIGTERM', ports)).toBe(false);
    expect(ports.signal).not.toHaveBeenCalled();
  });

  it('says when the signal reached nobody', () => {
    const ports = { ...machine(identity), signal: () => false };
    expect(signalProcess(identity, 'SIGTERM', ports)).toBe(false);
  });
});

describe('signalGroup', () => {
  it.each([
    ['the node and its recorder live', machine(identity, recorder)],
    ['the recorder was killed and the node lives', machine(identity)],
    ['the node is gone and its recorder lives', machine(recorder)],
    ['both are gone, which leaves the number to members of the group', machine()],
    ['the node lives, whoever seems to bear the number', machine(identity, stranger(recorder.pid))],
  ])('signals the group that the recorder leads when %s', (_, ports) => {
    expect(signalGroup(run, 'SIGSTOP', ports)).toBe(true);
    expect(ports.signal).toHaveBeenCalledExactlyOnceWith(-recorder.pid, 'SIGSTOP');
  });

  it.each([
    ['to a later process', stranger(recorder.pid)],
    ['to a process of another boot', { ...recorder, bootId: 'another boot' }],
  ])('signals nobody when the node is gone and its number belongs %s', (_, other) => {
    const ports = machine(other);
    expect(signalGroup(run, 'SIGSTOP', ports)).toBe(false);
    expect(ports.signal).not.toHaveBeenCalled();
  });

  it('says when the signal reached nobody', () => {
    expect(signalGroup(run, 'SIGCONT', { ...machine(identity), signal: () => false })).toBe(false);
  });
});
