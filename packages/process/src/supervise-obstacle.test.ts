import { describe, expect, it, vi } from 'vitest';
import { life } from '../test/support/life.ts';
import { found } from '../test/support/lifecycles.ts';
import type { ProcessEnd } from './classify-exit.ts';

/** A life whose ends all mean the same, and a condition that is looked at. */
function obstacle(kind: 'hold' | 'short', look: () => Promise<boolean>) {
  const holdOver = vi.fn(look);
  const own = life({}, { classifyExit: () => Promise.resolve(found(kind)), holdOver });
  return { ...own, holdOver, record: () => own.record };
}

describe('supervise where a condition keeps the node from running', () => {
  it('looks every 10 s with the exit that told of it, starts the node when it cleared, and counts no failure', async () => {
    let over = false;
    const { up, machine, clock, holdOver, record } = obstacle('hold', () => Promise.resolve(over));
    const node = await up();
    machine.exit(0);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({ state: 'crashed', nextAction: { what: 'check' } });
    await clock.advance(9_999);
    expect(holdOver).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(holdOver).toHaveBeenCalledExactlyOnceWith(node.snapshot.lastExit);
    await clock.advance(10_000);
    expect(holdOver).toHaveBeenCalledTimes(2);
    expect(node.snapshot.state).toBe('crashed');
    over = true;
    await clock.advance(10_000);
    expect(node.snapshot).toMatchObject({ state: 'starting', failures: 0, generation: 2 });
    expect(record()).not.toHaveProperty('hold');
  });

  it('writes nothing while it waits', async () => {
    const { up, machine, clock, history } = obstacle('hold', () => Promise.resolve(false));
    await up();
    machine.exit(0);
    await clock.advance(0);
    const before = history.length;
    await clock.advance(60_000);
    expect(history).toHaveLength(before);
  });

  it('goes on waiting under the next supervisor', async () => {
    const { up, machine, clock, holdOver, kill, supervisor } = obstacle('hold', () =>
      Promise.resolve(false),
    );
    await up();
    machine.exit(0);
    await clock.advance(25_000);
    kill();
    const looks = holdOver.mock.calls.length;
    const node = await supervisor();
    await clock.advance(0);
    expect(holdOver).toHaveBeenCalledTimes(looks + 1);
    expect(node.snapshot.state).toBe('crashed');
  });

  it('reports a look that fails, and looks again', async () => {
    const fail = () => Promise.reject(new Error('EIO'));
    const { up, machine, clock, holdOver, errors } = obstacle('hold', fail);
    const node = await up();
    machine.exit(0);
    await clock.advance(20_000);
    expect(holdOver).toHaveBeenCalledTimes(2);
    expect(errors).toMatchObject([{ code: 'HOLD_CHECK_FAILED' }, { code: 'HOLD_CHECK_FAILED' }]);
    expect(errors[0]?.message).toContain('EIO');
    expect(node.snapshot.state).toBe('crashed');
  });

  it('starts the node at the first look where nobody can tell', async () => {
    const { up, machine, clock } = life({}, { classifyExit: () => Promise.resolve(found('hold')) });
    const node = await up();
    machine.exit(0);
    await clock.advance(10_000);
    expect(node.snapshot.state).toBe('starting');
  });

  it('leaves a stop and a start of the operator as they are', async () => {
    const { up, machine, clock, holdOver } = obstacle('hold', () => Promise.resolve(true));
    const node = await up();
    machine.exit(0);
    await clock.advance(0);
    expect(await node.stop()).toMatchObject({ state: 'stopped', desired: 'down' });
    await clock.advance(60_000);
    expect(holdOver).not.toHaveBeenCalled();
    expect(node.snapshot.state).toBe('stopped');
  });
});

describe('where the log of a run begins', () => {
  const marked = (logMark: () => string) => {
    const ends: ProcessEnd[] = [];
    const classifyExit = (end: ProcessEnd) => {
      ends.push(end);
      return Promise.resolve({ lastLine: null });
    };
    return { ...life({}, { classifyExit, logMark }), ends };
  };

  it('is kept with each run, and told when it ended', async () => {
    let runs = 0;
    const { up, machine, clock, ends } = marked(() => `run ${(runs += 1)}`);
    await up();
    machine.exit(1);
    await clock.advance(1_000);
    machine.exit(1);
    await clock.advance(0);
    expect(ends.map(({ logMark }) => logMark)).toEqual(['run 1', 'run 2']);
  });

  it('is no reason not to run where it cannot be told', async () => {
    const { up, machine, clock, ends } = marked(() => {
      throw new Error('EMFILE');
    });
    const node = await up();
    expect(node.snapshot.state).toBe('running');
    machine.exit(1);
    await clock.advance(0);
    expect(ends).toMatchObject([{ logMark: null }]);
  });
});
