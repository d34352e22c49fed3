import { describe, expect, it } from 'vitest';
import { command, life } from '../test/support/life.ts';

const other = { ...command, args: ['--other'] };

describe('the command', () => {
  it('is part of the record from the first start on', async () => {
    const own = life();
    const node = await own.supervisor();
    expect(node.snapshot.command).toBeNull();
    void node.start(command);
    await own.clock.advance(0);
    expect(node.snapshot.command).toEqual(command);
    expect(own.record).toMatchObject({ state: 'starting', command });
  });

  it('is not replaced by a second start while the node is up', async () => {
    const { up, machine, clock, supervisor, kill } = life();
    const node = await up();
    await node.start(other);
    expect(node.snapshot).toMatchObject({ state: 'running', generation: 1, command });
    machine.exit(1);
    await clock.advance(1_000);
    await node.start(other); // starting now
    kill();
    expect((await supervisor()).snapshot.command).toEqual(command);
    expect(machine.commands).toEqual([command, command]);
  });

  it('of a start replaces the earlier one when nothing runs', async () => {
    for (const state of ['stopped', 'crashed', 'error'] as const) {
      const { up, machine, clock } = life({ maxRestarts: state === 'error' ? 0 : 1 });
      const node = await up();
      if (state === 'stopped') await node.stop();
      else machine.exit(1);
      await clock.advance(0);
      expect(node.snapshot.state).toBe(state);
      void node.start(other);
      await clock.advance(0);
      expect(node.snapshot.command).toEqual(other);
      expect(machine.commands).toEqual([command, other]);
    }
  });

  it('of a start that waits for a stop is kept apart until the spawn', async () => {
    const own = life();
    own.machine.behaviour.ignoresTerm = true;
    const node = await own.up();
    void node.stop();
    void node.start(other);
    expect(node.snapshot.command).toEqual(command);
    expect(own.record).toMatchObject({ command, next: other });
    await own.clock.advance(10_000);
    expect(node.snapshot.command).toEqual(other);
    expect(own.machine.commands).toEqual([command, other]);
  });

  it('of a restart follows the stop, also under the next supervisor', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    machine.behaviour.ignoresTerm = true;
    const first = await up();
    void first.restart({ cause: 'operator', command: other });
    expect(first.snapshot.command).toEqual(command);
    kill();
    await supervisor();
    await clock.advance(10_250);
    expect(machine.commands).toEqual([command, other]);
  });

  it('of a restart that names none is the present one, or the one that was to follow', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    void node.restart({ cause: 'operator' });
    await clock.advance(0);
    node.ready(node.snapshot.generation);
    machine.behaviour.ignoresTerm = true;
    void node.restart({ cause: 'operator', command: other });
    void node.restart({ cause: 'operator' });
    await clock.advance(10_000);
    expect(machine.commands).toEqual([command, command, other]);
  });

  it('of a restart replaces the earlier one when nothing runs', async () => {
    for (const state of ['stopped', 'crashed'] as const) {
      const { up, machine, clock } = life();
      const node = await up();
      if (state === 'stopped') await node.stop();
      else machine.exit(1);
      await clock.advance(0);
      void node.restart({ cause: 'operator', command: other });
      await clock.advance(0);
      expect(machine.commands).toEqual([command, other]);
    }
  });

  it('of a restart for health follows too', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    expect(await node.restart({ cause: 'health', command: other })).toBe('accepted');
    await clock.advance(0);
    expect(machine.commands).toEqual([command, other]);
  });

  it('that was to follow is the one of the next spawn when a stop comes between', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    void node.restart({ cause: 'operator', command: other });
    void node.stop();
    await clock.advance(10_000);
    expect(node.snapshot).toMatchObject({ state: 'stopped', command: other });
    void node.restart({ cause: 'operator' });
    await clock.advance(0);
    expect(machine.commands).toEqual([command, other]);
  });

  it('stays with the node over a crash and under the next supervisor', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    await up();
    kill();
    const second = await supervisor();
    expect(second.snapshot.command).toEqual(command);
    machine.exit(1);
    await clock.advance(1_250);
    expect(machine.commands).toEqual([command, command]);
  });

  it('is missed when a restart comes before any start', async () => {
    const { supervisor, clock } = life();
    const node = await supervisor();
    void node.restart({ cause: 'operator' });
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({ state: 'error', reason: 'no command is known' });
  });
});

describe('the snapshot', () => {
  it('names the process group of the node while a child exists', async () => {
    const { up, machine } = life();
    const node = await up();
    const { pid, groupId } = node.snapshot;
    expect(machine.nodes()).toEqual([pid]);
    expect(groupId).toBe((pid ?? 0) - 1); // the recorder, which was made before
    await node.stop();
    expect(node.snapshot.groupId).toBeNull();
  });

  it('counts failures in a row', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    expect(node.snapshot.failures).toBe(0);
    machine.exit(1);
    await clock.advance(1_000);
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot.failures).toBe(2);
  });
});
