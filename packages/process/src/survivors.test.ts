import { describe, expect, it, vi } from 'vitest';
import { run } from '../test/support/lifecycles.ts';
import type { Platform, ProcessIdentity } from './platform/platform.ts';
import { isNodeAlive, survivorsOf } from './survivors.ts';

const { identity, recorder } = run;
const geth: ProcessIdentity = { ...identity, pid: 4_400, startTime: '80' };

/** A machine on which some processes live, and others are of the session that is asked for. */
function machine(alive: readonly ProcessIdentity[], members: readonly ProcessIdentity[] = [geth]) {
  const membersOf = vi.fn<Platform['membersOf']>(() => members);
  const platform: Platform = {
    identify: (pid) => alive.find((one) => one.pid === pid),
    commandLine: () => undefined,
    usage: () => undefined,
    fileDescriptors: () => undefined,
    mayExist: () => true,
    writersOf: () => [],
    membersOf,
    memoryKills: () => undefined,
    awaitsHandler: () => false,
    listeningSockets: () => [],
    memoryKillOf: () => undefined,
    identifyEveryMs: 0,
  };
  return { platform, membersOf };
}

describe('the survivors of a node', () => {
  it.each([
    ['both leaders are gone', []],
    ['the recorder lives', [recorder]],
  ])('are those of the session of its recorder or of its first process when %s', (_, alive) => {
    const { platform, membersOf } = machine(alive);
    expect(survivorsOf(run, platform)).toEqual([geth]);
    expect(membersOf).toHaveBeenCalledExactlyOnceWith([recorder.pid, identity.pid]);
  });

  it.each([
    ['recorder', recorder, identity.pid],
    ['first process', identity, recorder.pid],
  ])('are none of a session whose number is the pid of another than its %s', (_, one, rest) => {
    const { platform, membersOf } = machine([{ ...one, startTime: 'later' }]);
    survivorsOf(run, platform);
    expect(membersOf).toHaveBeenCalledExactlyOnceWith([rest]);
  });

  it('are not looked for when both numbers belong to others', () => {
    const others = [identity, recorder].map((one) => ({ ...one, startTime: 'later' }));
    const { platform, membersOf } = machine(others);
    expect(survivorsOf(run, platform)).toEqual([]);
    expect(membersOf).not.toHaveBeenCalled();
  });

  it('are neither the recorder nor processes of another boot', () => {
    const { platform } = machine([], [recorder, { ...geth, bootId: 'another boot' }]);
    expect(survivorsOf(run, platform)).toEqual([]);
  });
});

describe('a node', () => {
  it.each([
    ['its first process lives', [identity], [], true],
    ['somebody of its session lives', [], [geth], true],
    ['nobody is left', [], [], false],
  ])('is or is not alive when %s', (_, alive, members, expected) => {
    expect(isNodeAlive(run, machine(alive, members).platform)).toBe(expected);
  });
});
