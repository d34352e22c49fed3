import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../test/support/lifecycles.ts';
import { awaitWholeEnd, type EndingNode } from './await-whole-end.ts';
import type { ProcessIdentity } from './platform/platform.ts';
import { withDefaults } from './ports.ts';

const geth: ProcessIdentity = { ...run.identity, pid: 4_400, startTime: '80' };
const helper: ProcessIdentity = { ...run.identity, pid: 4_401, startTime: '81' };
const stray: ProcessIdentity = { ...run.identity, pid: 4_500, startTime: '90' };

/** A node whose first process has ended: who of its session lives, who writes to its log, and what is heard of it. */
function scene(changes: Partial<EndingNode> = {}) {
  const clock = fakeClock();
  const session = new Set<ProcessIdentity>();
  const writers = new Set<ProcessIdentity>();
  const signals: string[] = [];
  const membersOf = vi.fn(() => [...session]);
  const writersOf = vi.fn(() => [...writers].map(({ pid }) => pid));
  const platform = {
    identify: (pid: number) => [...session, ...writers].find((one) => one.pid === pid),
    commandLine: () => 'geth',
    usage: () => undefined,
    fileDescriptors: () => undefined,
    mayExist: () => true,
    memoryKills: () => undefined,
    awaitsHandler: () => false,
    listeningSockets: () => [],
    memoryKillOf: () => undefined,
    identifyEveryMs: 0,
    membersOf,
    writersOf,
  };
  const signal = (pid: number, name: string): boolean => {
    signals.push(`${name} ${pid}`);
    return true;
  };
  const onSurvivors = vi.fn();
  const onEnd = vi.fn();
  const node = { run, asked: [], killing: false, logFile: '/logs/node.log', ...changes };
  const end = awaitWholeEnd(
    node,
    { onSurvivors, onEnd },
    withDefaults({ clock, platform, signal }),
  );
  return { clock, session, writers, signals, membersOf, writersOf, onSurvivors, onEnd, end };
}
const group = -run.recorder.pid;

describe('the end of a whole node', () => {
  it('is there at once when nobody is left, and signals nobody', () => {
    const { end, onEnd, onSurvivors, signals, clock } = scene();
    end.begin();
    expect(onEnd).toHaveBeenCalledExactlyOnceWith([], false);
    expect(onSurvivors).not.toHaveBeenCalled();
    expect(signals).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('waits for everybody, asks each once, and wakes those that are paused', async () => {
    const { end, onEnd, onSurvivors, signals, session, clock } = scene();
    session.add(geth).add(helper);
    end.begin();
    expect(signals).toEqual(['SIGTERM 4400', 'SIGTERM 4401', `SIGCONT ${group}`]);
    session.delete(helper);
    await clock.advance(60_000);
    expect(onSurvivors).toHaveBeenCalledExactlyOnceWith([geth, helper]);
    expect(onEnd).not.toHaveBeenCalled();
    session.clear();
    await clock.advance(100);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith([], true);
    expect(signals).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });

  it('looks at every process only when the known ones are gone', async () => {
    const { end, session, membersOf, clock } = scene();
    session.add(geth);
    end.begin();
    await clock.advance(10_000);
    expect(membersOf).toHaveBeenCalledOnce();
  });

  it('asks also who came later', async () => {
    const { end, session, signals, onSurvivors, clock } = scene();
    session.add(helper);
    end.begin();
    session.clear();
    session.add(geth);
    await clock.advance(100);
    expect(signals.filter((one) => one.startsWith('SIGTERM'))).toEqual([
      'SIGTERM 4401',
      'SIGTERM 4400',
    ]);
    expect(onSurvivors).toHaveBeenLastCalledWith([helper, geth]);
  });

  it('takes a later process with the pid of one for another', async () => {
    const { end, session, signals, clock } = scene();
    session.add(geth);
    end.begin();
    session.clear();
    session.add({ ...geth, startTime: '99' });
    await clock.advance(100);
    expect(signals.filter((one) => one === 'SIGTERM 4400')).toHaveLength(2);
  });

  it('asks nobody again whom an earlier supervisor asked, but tells of him', () => {
    const { end, session, signals, onSurvivors } = scene({ asked: [geth] });
    session.add(geth);
    end.begin();
    expect(signals).toEqual([]);
    expect(onSurvivors).toHaveBeenCalledExactlyOnceWith([geth]);
  });

  it('kills all who are left, and who comes after', async () => {
    const { end, session, signals, onEnd, clock } = scene();
    session.add(geth);
    end.begin();
    session.add(helper);
    signals.splice(0);
    expect(end.kill()).toBe(true);
    expect(signals).toEqual(['SIGKILL 4400', 'SIGKILL 4401']);
    session.clear();
    session.add(stray);
    await clock.advance(100);
    expect(signals).toContain('SIGKILL 4500');
    session.clear();
    await clock.advance(100);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('says when a kill reached nobody', () => {
    const { end, session } = scene();
    session.add(geth);
    end.begin();
    session.clear();
    expect(end.kill()).toBe(false);
  });

  it('tells nobody of those who go with a group that is killed, but of those who stay', async () => {
    const { end, session, signals, onSurvivors, clock } = scene({ killing: true });
    session.add(geth);
    end.begin();
    expect(signals[0]).toBe('SIGKILL 4400');
    expect(onSurvivors).not.toHaveBeenCalled();
    await clock.advance(100);
    expect(onSurvivors).toHaveBeenCalledExactlyOnceWith([geth]);
    await clock.advance(1_000);
    expect(onSurvivors).toHaveBeenCalledOnce();
  });

  it('hears nothing any more once it is cancelled', async () => {
    const { end, session, onEnd, clock } = scene();
    session.add(geth);
    end.begin();
    end.cancel();
    session.clear();
    await clock.advance(1_000);
    expect(onEnd).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });
});

describe('who left the session', () => {
  it('is known by the log, which he still writes to after 2 seconds, and gets no signal', async () => {
    const { end, writers, writersOf, signals, onEnd, clock } = scene();
    writers.add(stray);
    end.begin();
    expect(writersOf).toHaveBeenCalledWith('/logs/node.log', run.recorder.startTime);
    await clock.advance(1_999);
    expect(onEnd).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith([stray], false);
    expect(signals).toEqual([]);
  });

  it('is nobody who closes the log meanwhile, and not the recorder', async () => {
    const { end, writers, onEnd, clock } = scene();
    writers.add(stray).add(run.recorder);
    end.begin();
    writers.delete(stray);
    await clock.advance(100);
    expect(onEnd).toHaveBeenCalledExactlyOnceWith([], false);
  });

  it('is not looked for where the log is not known', () => {
    const { end, writers, writersOf, onEnd } = scene({ logFile: undefined });
    writers.add(stray);
    end.begin();
    expect(onEnd).toHaveBeenCalledExactlyOnceWith([], false);
    expect(writersOf).not.toHaveBeenCalled();
  });

  it('is not waited for any more once it is cancelled', async () => {
    const { end, writers, onEnd, clock } = scene();
    writers.add(stray);
    end.begin();
    end.cancel();
    await clock.advance(5_000);
    expect(onEnd).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });
});
