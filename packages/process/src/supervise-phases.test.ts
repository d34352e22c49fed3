import { describe, expect, it } from 'vitest';
import { command, life } from '../test/support/life.ts';

const termsOf = (signals: readonly { readonly signal: string }[]) =>
  signals.filter(({ signal }) => signal === 'SIGTERM').length;

describe('a node that cannot take a SIGTERM yet', () => {
  /** Started, but its handler is not there. */
  async function young() {
    const own = life();
    own.machine.behaviour.awaitsHandler = true;
    const node = await own.supervisor();
    void node.start(command);
    await own.clock.advance(0);
    return { ...own, node };
  }

  it('gets it as soon as it can, and then has its whole grace period', async () => {
    const { node, machine, clock } = await young();
    machine.behaviour.ignoresTerm = true;
    const stopped = node.stop();
    await clock.advance(3_000);
    expect(termsOf(machine.signals)).toBe(0);
    expect(node.snapshot.stopPhase?.what).toMatch(/^waiting until it can take SIGTERM/);
    machine.behaviour.awaitsHandler = false;
    await clock.advance(250);
    expect(termsOf(machine.signals)).toBe(1);
    expect(node.snapshot).toMatchObject({
      stopPhase: null,
      nextAction: { what: 'kill', at: clock.now() + 10_000 },
    });
    machine.exit(0);
    await clock.advance(0);
    expect((await stopped).lastExit).toMatchObject({ code: 0, cause: 'asked' });
  });

  it('gets it after half of its grace period all the same', async () => {
    const { node, machine, clock } = await young();
    const stopped = node.stop();
    await clock.advance(4_950);
    expect(termsOf(machine.signals)).toBe(0);
    await clock.advance(250);
    expect((await stopped).lastExit).toMatchObject({ signal: 'SIGTERM', cause: 'asked' });
  });

  it('is killed at once by force, and gets no SIGTERM afterwards', async () => {
    const { node, machine, clock } = await young();
    void node.stop();
    await clock.advance(1_000);
    const stopped = node.stop({ force: true });
    await clock.advance(60_000);
    expect((await stopped).lastExit).toMatchObject({ signal: 'SIGKILL', cause: 'forced' });
    expect(termsOf(machine.signals)).toBe(0);
  });

  it('is asked by the next supervisor where the present one died meanwhile', async () => {
    const own = await young();
    void own.node.stop().catch(() => undefined);
    await own.clock.advance(1_000);
    own.kill();
    const node = await own.supervisor();
    expect(node.snapshot).toMatchObject({ state: 'stopping', adopted: true });
    expect(termsOf(own.machine.signals)).toBe(0);
    own.machine.behaviour.awaitsHandler = false;
    await own.clock.advance(1_000);
    expect(node.snapshot).toMatchObject({
      state: 'stopped',
      lastExit: { code: 0, cause: 'asked' },
    });
  });

  it('is running from the moment at which it can, though it answered before', async () => {
    const { node, machine, clock } = await young();
    node.ready(node.snapshot.generation);
    node.ready(node.snapshot.generation);
    await clock.advance(2_000);
    expect(node.snapshot.state).toBe('starting');
    machine.behaviour.awaitsHandler = false;
    await clock.advance(250);
    expect(node.snapshot.state).toBe('running');
  });

  it('is running after a minute where it never can', async () => {
    const { node, clock } = await young();
    node.ready(node.snapshot.generation);
    await clock.advance(59_950);
    expect(node.snapshot.state).toBe('starting');
    await clock.advance(250);
    expect(node.snapshot.state).toBe('running');
  });
});

describe('a node that writes its state', () => {
  /** It is at work for ever, and SIGTERM does not end it. */
  function atWork() {
    const stopPhase = () => Promise.resolve({ what: 'x', isWriting: true, position: 1 });
    const own = life({}, { stopPhase });
    own.machine.behaviour.ignoresTerm = true;
    return own;
  }

  it('has more time than its grace period, is shown so, and is killed at the longest one', async () => {
    let position = 0;
    const stopPhase = () =>
      Promise.resolve({ what: 'writing cached state', isWriting: true, position: ++position });
    const own = life({ stopTimeoutMaxMs: 45_000 }, { stopPhase });
    own.machine.behaviour.ignoresTerm = true;
    const node = await own.up();
    const at = own.clock.now();
    const stopped = node.stop();
    await own.clock.advance(1_000);
    expect(node.snapshot.stopPhase).toEqual({ what: 'writing cached state', since: at + 1_000 });
    await own.clock.advance(9_000);
    expect(node.snapshot.nextAction).toEqual({ what: 'kill', at: at + 40_000 });
    await own.clock.advance(30_000);
    expect(node.snapshot.nextAction).toEqual({ what: 'kill', at: at + 45_000 });
    await own.clock.advance(4_999);
    expect(node.snapshot.state).toBe('stopping');
    await own.clock.advance(1);
    expect((await stopped).lastExit).toMatchObject({ cause: 'grace-period' });
  });

  it('has the time that was chosen for this stop and no more', async () => {
    const own = atWork();
    const node = await own.up();
    const stopped = node.stop({ timeoutMs: 5_000 });
    await own.clock.advance(5_000);
    expect((await stopped).lastExit).toMatchObject({ cause: 'grace-period' });
  });

  it('is followed by the next supervisor, which gives it more time too', async () => {
    const own = atWork();
    const first = await own.up();
    void first.stop().catch(() => undefined);
    await own.clock.advance(1_000);
    own.kill();
    const node = await own.supervisor();
    await own.clock.advance(9_500);
    expect(node.snapshot.state).toBe('stopping');
    own.machine.exit(0);
    await own.clock.advance(1_000);
    expect(node.snapshot).toMatchObject({ state: 'stopped', lastExit: { cause: 'asked' } });
  });
});
