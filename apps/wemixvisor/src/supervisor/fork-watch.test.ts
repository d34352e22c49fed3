import type { ForkVerdict } from '@wemixvisor/forks';
import { describe, expect, it } from 'vitest';
import { fakeSite, journalOf } from '../../test/fake-supervisor.ts';
import { forkOf, lookOf } from '../../test/look-of.ts';

const minute = 60_000;

/** A home whose forks are looked at by the machine's clock; `found` is what the next look finds. */
async function watchedSite(found: ForkVerdict) {
  const site = await fakeSite();
  const { clock } = site.machine;
  const world = { found, fails: false, looks: [] as number[], raised: [] as unknown[] };
  site.forks = {
    clock,
    look: ({ raised }) => {
      world.looks.push(clock.now());
      world.raised.push(raised);
      return world.fails ? Promise.reject(new Error('no')) : Promise.resolve(world.found);
    },
  };
  return { site, clock, world };
}

const told = (site: Awaited<ReturnType<typeof fakeSite>>) =>
  journalOf(site.paths).filter(({ event }) => event === 'forks');

describe('the fork watch', () => {
  it('looks after a start, again in ten minutes, and then every hour, until the node stops', async () => {
    const { site, clock, world } = await watchedSite(lookOf());
    const supervisor = await site.supervise();
    await clock.advance(60 * minute);
    expect(world.looks).toEqual([]);
    await supervisor.started();
    const start = clock.now();
    await clock.advance(131 * minute);
    expect(world.looks.map((at) => (at - start) / minute)).toEqual([0, 10, 70, 130]);
    await supervisor.operations.stop({});
    await clock.advance(180 * minute);
    expect(world.looks).toHaveLength(4);
  });

  it('tells of a fork once, in the journal and in the status', async () => {
    const { site, clock, world } = await watchedSite(lookOf(forkOf()));
    const supervisor = await site.supervise();
    await supervisor.started();
    await clock.advance(71 * minute);
    expect(world.looks).toHaveLength(3);
    expect(told(site)).toHaveLength(1);
    expect(supervisor.operations.status().missing_fork).toMatchObject({
      ...{ at: '2027-01-01T00:00:00.000Z', known: false, sources: ['peers'] },
    });
    expect(supervisor.operations.alerts().troubles).toMatchObject([{ event: 'fork' }]);
    // What was told of is said to the next look, which then asks for less.
    expect(world.raised).toMatchObject([null, { at: forkOf().at }, { at: forkOf().at }]);
  });

  it('does not take a fork back before who told of it is heard again', async () => {
    const { site, clock, world } = await watchedSite(lookOf(forkOf()));
    const supervisor = await site.supervise();
    await supervisor.started();
    await clock.advance(minute);
    const missing = () => supervisor.operations.status().missing_fork ?? null;
    world.found = lookOf(null, { heard: false });
    await clock.advance(130 * minute);
    expect(missing()).not.toBeNull();
    world.found = lookOf();
    await clock.advance(60 * minute);
    expect(missing()).toBeNull();
    expect(told(site).map(({ level }) => level)).toEqual(['warn', 'info']);
  });

  it('takes a fork back at once when a restarted node has it', async () => {
    const { site, clock, world } = await watchedSite(lookOf(forkOf()));
    const supervisor = await site.supervise();
    await supervisor.started();
    await clock.advance(minute);
    world.found = lookOf(null, { known: [forkOf({ known: true })] });
    const again = supervisor.next('forks');
    await supervisor.operations.restart();
    await clock.advance(minute);
    expect((await again).after).toBeNull();
  });

  it('goes on after a look that failed', async () => {
    const { site, clock, world } = await watchedSite(lookOf(forkOf()));
    world.fails = true;
    const supervisor = await site.supervise();
    await supervisor.started();
    await clock.advance(minute);
    expect(supervisor.operations.status().missing_fork).toBeNull();
    world.fails = false;
    await clock.advance(10 * minute);
    expect(supervisor.operations.status().missing_fork).not.toBeNull();
  });

  it('names the fork as the cause of lost peers once it has passed, and refused handshakes at any time', async () => {
    const { site, clock, world } = await watchedSite(lookOf(null, { refused: 2 }));
    const supervisor = await site.supervise();
    await supervisor.started();
    await clock.advance(minute);
    const leftBehind = () => supervisor.monitor.leftBehind();
    expect(leftBehind()).toMatchObject({
      peers: expect.stringMatching(
        /^handshakes refused for the fork id in the last hour: 2 /,
      ) as string,
      head: null,
    });
    world.found = lookOf(
      forkOf({ name: 'Osaka', at: new Date(clock.now() + 24 * 60 * minute).toISOString() }),
    );
    await clock.advance(10 * minute);
    expect(leftBehind()).toEqual({ peers: null, head: null });
    await clock.advance(48 * 60 * minute);
    const because = /^the node lacks Osaka, at .*, (?:1 day|2 days|less than a day) ago: /;
    expect(leftBehind().head).toMatch(because);
    expect(leftBehind().peers).toMatch(because);
  });
});
