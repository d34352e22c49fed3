import { createFakeMachine } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { command, life, policy } from '../test/support/life.ts';
import { stopVerifiedNode } from './stop-verified-node.ts';
import { supervise } from './supervise.ts';

describe('start', () => {
  it('persists the pid before the node is executed', async () => {
    const { supervisor, machine, kill, clock, record } = life();
    const node = await supervisor();
    expect(record).toBeUndefined();
    kill(2); // the spawn is ordered, the child is announced
    void node.start(command).catch(() => undefined);
    await clock.advance(0);
    expect(machine.executions()).toBe(0);
    kill();
  });

  it('takes process.env as it is, with variables that have no value', async () => {
    const own = life();
    const node = await own.supervisor();
    const env = { HOME: '/root', UNSET: undefined };
    const started = node.start({ ...command, env });
    await own.clock.advance(0);
    await started;
    expect(node.snapshot.command?.env).toEqual({ HOME: '/root' });
    await node.restart({ cause: 'operator', command: { ...command, env: { UNSET: undefined } } });
    await own.clock.advance(0);
    expect(node.snapshot.command?.env).toEqual({});
  });

  it('does nothing while the node is up, and waits for no end', async () => {
    const own = life();
    const node = await own.up();
    const before = { snapshot: node.snapshot, record: own.record, changes: own.history.length };
    await node.start({ ...command, file: '/no/geth' });
    await own.clock.advance(0);
    const { snapshot } = node;
    expect({ snapshot, record: own.record, changes: own.history.length }).toEqual(before);
    expect(own.machine.executions()).toBe(1);
  });

  it('joins one that is under way, and resolves once the program is executed', async () => {
    const { supervisor, machine, clock } = life();
    const node = await supervisor();
    void node.start(command);
    const joined = node.start(command).then(() => machine.executions());
    await clock.advance(0);
    expect(await joined).toBe(1);
    expect(node.snapshot.generation).toBe(1);
  });

  it('resolves at once for a node that was adopted before it was ready', async () => {
    const { supervisor, clock, kill, machine } = life();
    void (await supervisor()).start(command);
    await clock.advance(0);
    kill();
    const node = await supervisor();
    expect(node.snapshot).toMatchObject({ state: 'starting', adopted: true });
    await node.start(command);
    expect(machine.executions()).toBe(1);
  });

  it('goes to error at once when the program is missing, and says which', async () => {
    const { supervisor } = life();
    const node = await supervisor();
    await node.start({ ...command, file: '/no/geth' });
    expect(node.snapshot).toMatchObject({ state: 'error', reason: 'there is no program /no/geth' });
  });

  it('counts a spawn that failed for now like a crash, so that it never loops tightly', async () => {
    const { supervisor, machine, clock } = life();
    machine.behaviour.spawnFails = true;
    const node = await supervisor();
    void node.start(command);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({
      state: 'crashed',
      reason: 'the node could not be started: EAGAIN',
      nextAction: { what: 'restart', at: clock.now() + 1_000 },
    });
    await clock.advance(3_000);
    expect(node.snapshot).toMatchObject({ state: 'error', restarts: { crash: 2 } });
  });

  it('does not run a node whose pid cannot be saved', async () => {
    const { supervisor, machine, clock, disk, errors } = life();
    const node = await supervisor();
    disk.full = true;
    void node.start(command);
    await clock.advance(0);
    expect(machine.executions()).toBe(0);
    expect(machine.nodes()).toEqual([]);
    expect(node.snapshot).toMatchObject({
      state: 'crashed',
      failures: 1,
      reason: 'the state could not be saved, so the node was not run: check the disk',
    });
    expect(errors[0]).toMatchObject({ code: 'PERSIST_FAILED', cause: new Error('ENOSPC') });
    disk.full = false;
    await clock.advance(1_000);
    expect(machine.nodes()).toHaveLength(1);
  });

  it('is remembered while the node still stops', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    const stopped = node.stop();
    let resolved = false;
    const started = node.start(command).then(() => (resolved = true));
    await clock.advance(9_999);
    expect(resolved).toBe(false);
    await clock.advance(1);
    expect((await stopped).state).toBe('starting');
    await started;
    expect(node.snapshot).toMatchObject({ state: 'starting', generation: 2, desired: 'up' });
  });

  it('clears the counts of earlier failures', async () => {
    const { up, machine, clock } = life({ maxRestarts: 0 });
    const node = await up();
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot.state).toBe('error');
    void node.start(command);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({ state: 'starting', restarts: { crash: 0 } });
  });
});

describe('a crash', () => {
  it('is followed by restarts after 1, 2 and at most 3 seconds', async () => {
    const { up, machine, clock } = life({ maxRestarts: 4 });
    const node = await up();
    const pauses: number[] = [];
    for (let crash = 0; crash < 4; crash += 1) {
      machine.exit(1);
      await clock.advance(0);
      pauses.push((node.snapshot.nextAction?.at ?? 0) - clock.now());
      await clock.advance(3_000);
    }
    expect(pauses).toEqual([1_000, 2_000, 3_000, 3_000]);
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({
      state: 'error',
      reason: 'exit code 1; gave up after 4 restarts',
      restarts: { crash: 4, health: 0, operator: 0 },
    });
  });

  it('begins the count anew after a long uptime', async () => {
    const { up, machine, clock } = life({ maxRestarts: 1 });
    const node = await up();
    machine.exit(1);
    await clock.advance(1_000);
    await clock.advance(60_000);
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot.state).toBe('crashed');
  });

  it('measures uptime and backoff by a clock that does not jump', async () => {
    const { up, machine, clock } = life({ maxRestarts: 1 });
    const node = await up();
    machine.exit(1);
    await clock.advance(0);
    clock.jump(86_400_000);
    await clock.advance(999);
    expect(node.snapshot.state).toBe('crashed');
    clock.jump(-2 * 86_400_000);
    await clock.advance(1);
    expect(node.snapshot.state).toBe('starting');
    clock.jump(86_400_000);
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot.state).toBe('error');
  });

  it('adds the random share of the delay that the policy allows', async () => {
    const { clock, machine } = life();
    const { ports } = machine.ports();
    const node = await supervise(
      {
        runDirectory: '/nowhere',
        policy: { ...policy, restartJitter: 0.5 },
        openLog: () => {
          throw new Error('no log');
        },
        persist: () => undefined,
      },
      { ...ports, random: () => 1 },
    );
    await node.start(command);
    expect(node.snapshot.nextAction?.at).toBe(clock.now() + 1_500);
    node.dispose();
  });

  it('is no crash when the code is 0, unless every end is to be followed by a restart', async () => {
    for (const [restart, state] of [
      ['on-failure', 'stopped'],
      ['never', 'stopped'],
      ['always', 'crashed'],
    ] as const) {
      const { up, machine, clock } = life({ restart });
      const node = await up();
      machine.exit(0);
      await clock.advance(0);
      expect(node.snapshot).toMatchObject({ state, lastExit: { code: 0, cause: 'unasked' } });
    }
  });

  it('leads to error when automatic restart is off', async () => {
    const { up, machine, clock } = life({ restart: 'never' });
    const node = await up();
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({
      state: 'error',
      reason: 'exit code 1; automatic restart is off',
    });
  });

  it('of the recorder alone leaves the node running, and its end has no known status', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    machine.killRecorder();
    await clock.advance(10_000);
    expect(node.snapshot.state).toBe('running');
    machine.exit(1);
    await clock.advance(250);
    expect(node.snapshot).toMatchObject({
      state: 'crashed',
      reason: 'ended, exit status unknown',
      lastExit: { code: null, signal: null },
    });
  });
});

describe('stop', () => {
  it('asks once, waits, then kills, and says that it was forced', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    const pid = node.snapshot.pid ?? 0;
    const stopped = node.stop();
    await clock.advance(9_999);
    expect(node.snapshot).toMatchObject({ state: 'stopping', nextAction: { what: 'kill' } });
    // One that was stopped (SIGSTOP) sees the SIGTERM only when it goes on.
    expect(machine.signals).toMatchObject([{ pid, signal: 'SIGTERM' }, { signal: 'SIGCONT' }]);
    await clock.advance(1);
    expect((await stopped).lastExit).toMatchObject({
      signal: 'SIGKILL',
      cause: 'grace-period',
    });
    expect(machine.signals.map(({ signal }) => signal)).toEqual([
      'SIGTERM',
      'SIGCONT',
      'SIGKILL',
      'SIGKILL',
    ]);
  });

  it('waits for ever when the grace period is 0', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    const stopped = node.stop({ timeoutMs: 0 });
    await clock.advance(365 * 86_400_000);
    expect(node.snapshot).toMatchObject({ state: 'stopping', nextAction: null });
    machine.exit(0);
    await clock.advance(0);
    expect((await stopped).lastExit).toMatchObject({ code: 0, cause: 'asked' });
  });

  it('is shortened by a second one that gives the node less time', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    const stopped = node.stop();
    await clock.advance(2_000);
    void node.stop({ timeoutMs: 5_000 });
    expect(node.snapshot.nextAction).toEqual({ what: 'kill', at: clock.now() + 5_000 });
    await clock.advance(4_999);
    expect(node.snapshot.state).toBe('stopping');
    await clock.advance(1);
    expect((await stopped).lastExit).toMatchObject({ cause: 'grace-period' });
    expect(machine.signals.filter(({ signal }) => signal === 'SIGTERM')).toHaveLength(1);
  });

  it('is not lengthened by a second one that would give the node more time', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    const stopped = node.stop();
    await clock.advance(2_000);
    void node.stop({ timeoutMs: 60_000 });
    void node.stop({ timeoutMs: 0 });
    expect(node.snapshot.nextAction).toEqual({ what: 'kill', at: clock.now() + 8_000 });
    await clock.advance(7_999);
    expect(node.snapshot.state).toBe('stopping');
    await clock.advance(1);
    expect((await stopped).lastExit).toMatchObject({ cause: 'grace-period' });
  });

  it('cancels a restart that is due', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    machine.exit(1);
    await clock.advance(0);
    expect((await node.stop({ signalSource: 'SIGTERM' })).reason).toBe('stopped by SIGTERM');
    await clock.advance(60_000);
    expect(node.snapshot).toMatchObject({ state: 'stopped', desired: 'down' });
    expect(machine.executions()).toBe(1);
  });

  it('while the child is being made lets nothing run', async () => {
    const { supervisor, machine, clock } = life();
    const node = await supervisor();
    void node.start(command);
    const stopped = node.stop();
    await clock.advance(0);
    expect((await stopped).state).toBe('stopped');
    expect(machine.executions()).toBe(0);
  });

  it('signals nobody when the pid belongs to another process by now', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    await up();
    kill();
    machine.exit(1);
    machine.reusePids();
    const node = await supervisor();
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({ state: 'crashed', lastExit: { code: 1 } });
    await node.stop({ force: true });
    expect(machine.signals).toEqual([]);
    expect(machine.wrongs).toEqual([]);
  });
});

describe('restart', () => {
  it('for health has a budget and a cooldown of its own', async () => {
    const { up, clock } = life({ health: { maxRestarts: 2, windowMs: 10_000, cooldownMs: 1_000 } });
    const node = await up();
    const ask = async () => {
      const answer = await node.restart({ cause: 'health', reason: 'no answer' });
      await clock.advance(0);
      node.ready(node.snapshot.generation);
      return answer;
    };
    expect(await ask()).toBe('accepted');
    expect(await ask()).toBe('refused');
    await clock.advance(1_000);
    expect(await ask()).toBe('accepted');
    await clock.advance(1_000);
    expect(await ask()).toBe('refused');
    await clock.advance(8_000);
    expect(await ask()).toBe('accepted');
    expect(node.snapshot.restarts).toEqual({ crash: 0, health: 3, operator: 0 });
  });

  it('for health has a next time that is known', async () => {
    const { up, clock } = life({ health: { maxRestarts: 2, windowMs: 10_000, cooldownMs: 1_000 } });
    const node = await up();
    expect(node.nextHealthRestartAt).toBe(Number.NEGATIVE_INFINITY);
    await node.restart({ cause: 'health' });
    expect(node.nextHealthRestartAt).toBe(clock.now() + 1_000);
    await clock.advance(400);
    node.setPolicy({ ...policy, health: { maxRestarts: 0 } });
    expect(node.nextHealthRestartAt).toBe(Number.POSITIVE_INFINITY);
  });

  it('for health is refused before readiness', async () => {
    const { supervisor, clock } = life();
    const node = await supervisor();
    void node.start(command);
    await clock.advance(0);
    expect(await node.restart({ cause: 'health' })).toBe('refused');
  });

  it('takes the new command only when it is accepted', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    const missing = { ...command, file: '/no/geth' };
    expect(await node.restart({ cause: 'operator', command: missing })).toBe('accepted');
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({ state: 'error', reason: 'there is no program /no/geth' });
    expect(await node.restart({ cause: 'health', command })).toBe('refused');
    void node.restart({ cause: 'operator' });
    await clock.advance(0);
    expect(machine.executions()).toBe(1);
  });

  it('survives the death of the supervisor in the middle of it', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    machine.behaviour.ignoresTerm = true;
    const first = await up();
    void first.restart({ cause: 'operator' });
    await clock.advance(5_000);
    kill();
    const second = await supervisor();
    expect(second.snapshot).toMatchObject({ state: 'stopping', adopted: true });
    await clock.advance(4_999);
    expect(machine.signals.map(({ signal }) => signal)).not.toContain('SIGKILL');
    await clock.advance(1);
    expect(machine.signals.at(-1)).toMatchObject({ signal: 'SIGKILL' });
    await clock.advance(250);
    expect(machine.nodes()).toHaveLength(1);
    expect(second.snapshot).toMatchObject({
      state: 'starting',
      generation: 2,
      restarts: { crash: 0, health: 0, operator: 1 },
      lastExit: { cause: 'grace-period' },
    });
    expect(machine.signals.filter(({ signal }) => signal === 'SIGTERM')).toHaveLength(1);
  });
});

describe('adoption', () => {
  it('keeps pid, start and counts, and sees the end within half a second', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    const { pid, startedAt } = (await up()).snapshot;
    kill();
    await clock.advance(30_000);
    const node = await supervisor();
    expect(node.snapshot).toMatchObject({ state: 'running', pid, startedAt, adopted: true });
    machine.exit(9);
    await clock.advance(250);
    expect(node.snapshot).toMatchObject({
      state: 'crashed',
      lastExit: { code: 9, cause: 'unasked', uptimeMs: 30_000 },
    });
  });

  it('counts the uptime of a node from its own start, also to forget earlier failures', async () => {
    const { up, machine, clock, kill, supervisor } = life({ maxRestarts: 1 });
    await up();
    machine.exit(1);
    await clock.advance(1_000);
    await clock.advance(59_900);
    kill();
    const node = await supervisor();
    await clock.advance(100);
    machine.exit(1);
    await clock.advance(250);
    expect(node.snapshot).toMatchObject({ state: 'crashed', failures: 1 });
  });

  it('gives an end no uptime below 0 when the clock was set back before the start', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    await up();
    kill();
    clock.jump(-86_400_000);
    const node = await supervisor();
    machine.exit(1);
    await clock.advance(250);
    expect(node.snapshot.lastExit).toMatchObject({ at: clock.now(), uptimeMs: 0 });
  });

  it('resumes a node that the earlier supervisor had paused', async () => {
    const { up, machine, kill, supervisor } = life();
    await up();
    kill();
    await supervisor();
    expect(machine.signals.map(({ signal }) => signal)).toEqual(['SIGCONT']);
  });

  it('fires a restart that became due meanwhile at once', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    await up();
    kill();
    machine.exit(1);
    await clock.advance(3_600_000);
    const node = await supervisor();
    await clock.advance(0);
    expect(node.snapshot).toMatchObject({ state: 'starting', lastExit: { code: 1 } });
    expect(node.snapshot.lastExit?.at).toBe(clock.now() - 3_600_000);
  });

  it('never waits longer than the policy says, whatever the clock does', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    await up();
    machine.exit(1);
    await clock.advance(0);
    kill();
    clock.jump(-30 * 86_400_000);
    const next = await supervisor();
    expect(next.snapshot.nextAction).toEqual({ what: 'restart', at: clock.now() + 1_000 });
    await clock.advance(999);
    expect(next.snapshot.state).toBe('crashed');
    await clock.advance(1);
    expect(next.snapshot.state).toBe('starting');
  });

  it('spawns again, without counting, what was ordered but never executed', async () => {
    const { supervisor, machine, clock, kill } = life();
    const first = await supervisor();
    kill(2);
    void first.start(command).catch(() => undefined);
    await clock.advance(0);
    kill();
    const second = await supervisor();
    await clock.advance(0);
    expect(machine.executions()).toBe(1);
    expect(second.snapshot).toMatchObject({ state: 'starting', restarts: { crash: 0 } });
  });

  it('asks a node to end that the earlier supervisor had no time to ask', async () => {
    const { up, machine, kill, clock, supervisor } = life();
    const first = await up();
    kill(1); // the wish is written down, the signal never sent
    void first.stop().catch(() => undefined);
    expect(machine.signals).toEqual([]);
    kill();
    const second = await supervisor();
    await clock.advance(250);
    expect(machine.signals.map(({ signal }) => signal)).toEqual(['SIGCONT', 'SIGTERM', 'SIGCONT']);
    expect(second.snapshot).toMatchObject({ state: 'stopped', lastExit: { cause: 'asked' } });
  });

  it('kills a node that the earlier supervisor had no time to kill', async () => {
    const { up, machine, kill, clock, supervisor } = life();
    machine.behaviour.ignoresTerm = true;
    const first = await up();
    kill(1);
    void first.stop({ force: true }).catch(() => undefined);
    kill();
    const second = await supervisor();
    await clock.advance(250);
    expect(second.snapshot).toMatchObject({ state: 'stopped', lastExit: { cause: 'forced' } });
  });

  it('starts a wanted node again after the machine went down with it', async () => {
    const { up, machine, clock, kill, supervisor } = life();
    await up();
    kill();
    machine.reboot();
    const node = await supervisor();
    expect(node.snapshot).toMatchObject({
      state: 'crashed',
      lastExit: { code: null, signal: null },
    });
    await clock.advance(1_000);
    expect(machine.nodes()).toHaveLength(1);
    expect(machine.signals).toEqual([]);
  });
});

describe('detach', () => {
  it('leaves the node, lets go of all timers and ends what waits', async () => {
    const { up, machine, clock } = life();
    machine.behaviour.ignoresTerm = true;
    const node = await up();
    const stopped = node.stop();
    node.detach();
    await expect(stopped).rejects.toMatchObject({ code: 'DETACHED' });
    expect(clock.pending).toBe(0);
    await clock.advance(60_000);
    expect(machine.nodes()).toHaveLength(1);
  });

  it('lets a child that is being made end', async () => {
    const { supervisor, machine, clock } = life();
    const node = await supervisor();
    const started = node.start(command);
    node.detach();
    await expect(started).rejects.toMatchObject({ code: 'DETACHED' });
    await clock.advance(0);
    expect(machine.executions()).toBe(0);
  });
});

describe('stopVerifiedNode', () => {
  it('asks, kills after the grace period and gives the record for the next supervisor', async () => {
    const own = life();
    own.machine.behaviour.ignoresTerm = true;
    await own.up();
    own.kill();
    const { ports } = own.machine.ports();
    const signalSource = 'wemixvisor stop';
    const how = { timeoutMs: 500, signalSource };
    const options = { runDirectory: '/nowhere', policy, persist: () => undefined, ...how };
    const done = stopVerifiedNode(own.record!, options, ports);
    await own.clock.advance(750);
    const { record, snapshot } = await done;
    expect(snapshot).toMatchObject({
      state: 'stopped',
      reason: `stopped by ${signalSource}`,
      lastExit: { cause: 'grace-period' },
    });
    expect(record).toMatchObject({ state: 'stopped', desired: 'down' });
    expect(own.clock.pending).toBe(0);
  });

  it('starts nothing when a restart was due', async () => {
    const own = life();
    await own.up();
    own.machine.exit(1);
    await own.clock.advance(0);
    own.kill();
    const { ports } = own.machine.ports();
    const options = { runDirectory: '/nowhere', policy, persist: () => undefined };
    const { record } = await stopVerifiedNode(own.record!, options, ports);
    expect(record.state).toBe('stopped');
    expect(own.machine.executions()).toBe(1);
  });
});

describe('stopVerifiedNode of a node that is not there', () => {
  it.each([true, false])('settles its record and signals nobody (force: %s)', async (force) => {
    const own = life();
    await (await own.up()).stop();
    own.kill();
    const { ports } = own.machine.ports();
    const before = own.machine.signals.length;
    const written: string[] = [];
    const persist = ({ state }: { readonly state: string }) => written.push(state);
    const options = { runDirectory: '/nowhere', persist, force };
    const { record, snapshot } = await stopVerifiedNode(own.record!, options, ports);
    expect(snapshot).toMatchObject({ state: 'stopped', desired: 'down' });
    expect(record.state).toBe('stopped');
    expect(written).toContain('stopped');
    expect(own.machine.signals).toHaveLength(before);
  });
});

describe('trouble', () => {
  it('of which nobody wants to hear stops nothing', async () => {
    const { ports } = createFakeMachine().ports();
    const persist = () => {
      throw new Error('ENOSPC');
    };
    const openLog = () => 0;
    const node = await supervise({ runDirectory: '/nowhere', openLog, persist }, ports);
    await node.start({ ...command, file: '/no/geth' });
    expect(node.snapshot.state).toBe('error');
  });
});

describe('a subscriber', () => {
  it('that throws harms nobody and is reported', async () => {
    const { up, errors } = life();
    const node = await up();
    const leave = node.subscribe(() => {
      throw new Error('mine');
    });
    expect((await node.stop()).state).toBe('stopped');
    expect(errors.map(({ code }) => code)).toContain('LISTENER_FAILED');
    expect(errors[0]).toMatchObject({ cause: new Error('mine') });
    const before = errors.length;
    leave();
    await node.restart({ cause: 'operator' });
    expect(errors).toHaveLength(before);
  });
});

describe('a policy', () => {
  it('that would restart without a pause is refused', async () => {
    const { up } = life();
    const node = await up();
    expect(() => node.setPolicy({ ...policy, restartDelayMs: NaN })).toThrow(
      'restartDelayMs is NaN: give a number from 0 up',
    );
    expect(() => node.setPolicy({ ...policy, restart: 'sometimes' as 'always' })).toThrow(
      'restart is sometimes',
    );
  });

  it('applies from the next decision on', async () => {
    const { up, machine, clock } = life();
    const node = await up();
    node.setPolicy({ ...policy, restart: 'never' });
    machine.exit(1);
    await clock.advance(0);
    expect(node.snapshot.state).toBe('error');
  });
});

describe('signalGroup', () => {
  it('reaches the group of a verified node and nobody else', async () => {
    const { up, machine } = life();
    const node = await up();
    expect(node.signalGroup('SIGSTOP')).toBe(true);
    await node.stop({ force: true });
    expect(node.signalGroup('SIGCONT')).toBe(false);
    expect(machine.signals[0]).toMatchObject({ signal: 'SIGSTOP' });
  });

  it('pauses nobody when the node has just gone, but resumes whoever is left', async () => {
    const { up, machine } = life();
    const node = await up();
    const { groupId } = node.snapshot;
    machine.exit(1); // not seen yet
    expect(node.signalGroup('SIGSTOP')).toBe(false);
    expect(machine.signals).toEqual([]);
    expect(node.signalGroup('SIGCONT')).toBe(false);
    expect(machine.signals).toEqual([{ pid: -(groupId ?? 0), signal: 'SIGCONT' }]);
  });
});
