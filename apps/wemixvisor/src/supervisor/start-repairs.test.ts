import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fakeSite, journalOf, startRequestOf, type FakeSite } from '../../test/fake-supervisor.ts';

/** What geth says of a run that began so many milliseconds before now and did not end cleanly. */
function unclean(site: FakeSite, ...ago: readonly number[]): string {
  const lines = ago.map((ms) => {
    const booted = new Date(site.machine.clock.now() - ms).toISOString().replace('.000Z', '+0000');
    return `WARN [11-28|10:18:04.024] Unclean shutdown detected                booted=${booted} age=14s\n`;
  });
  const loaded = (number: number) =>
    `INFO [11-28|10:18:03.943] Loaded most recent local block           number=${number} hash=1a..2b\n`;
  return `${loaded(40)}${loaded(28)}${lines.join('')}`;
}

/** A node that ran for a minute, was killed, and says this at its next start before it is ready. */
async function afterKill(said: (site: FakeSite) => string) {
  const site = await fakeSite();
  const supervisor = await site.supervise();
  await supervisor.started();
  await site.machine.clock.advance(60_000);
  await supervisor.operations.stop({ force: true });
  const repaired = supervisor.next('repaired');
  const spawned = supervisor.next('lifecycle', ({ change }) => change.after.pid !== null);
  site.readiness = spawned.then(() => {
    writeFileSync(site.paths.nodeLog, said(site), { flag: 'a' });
    return true;
  });
  await supervisor.operations.start(startRequestOf());
  return { site, supervisor, repair: (await repaired).repair };
}

describe('the repair of a start', () => {
  it('is told with the blocks that the last end cost, and shown while the node is up', async () => {
    const { site, supervisor, repair } = await afterKill((here) => unclean(here, 500_000, 60_000));
    expect(repair).toEqual({ unclean_ends: 2, rewound_blocks: 12 });
    expect(supervisor.operations.status().repair).toEqual(repair);
    expect(journalOf(site.paths)).toContainEqual(
      expect.objectContaining({
        event: 'repaired',
        ...repair,
        msg: 'its last end was not clean, blocks it went back: 12; it remembers 2 such ends',
      }),
    );
    await supervisor.operations.stop({});
    expect(supervisor.operations.status().repair).toBeNull();
  });
});
