import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fakeSite, journalOf } from '../../test/fake-supervisor.ts';

describe('a home that is opened', () => {
  it('says what an earlier supervisor left unreadable', async () => {
    const site = await fakeSite();
    await (await site.supervise()).dies();
    writeFileSync(site.paths.state, '{');
    writeFileSync(site.paths.stateBackup, '{');
    const supervisor = await site.supervise();
    expect(supervisor.notices).toEqual([expect.stringContaining('state.json.unreadable')]);
    expect(supervisor.operations.status().state).toBe('stopped');
  });

  it('has nothing to say where all is well', async () => {
    const supervisor = await (await fakeSite()).supervise();
    expect(supervisor.notices).toEqual([]);
  });

  it('writes down what a subscriber threw, and goes on', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    supervisor.events.subscribe((event) => {
      if (event.type === 'notice') throw new Error('boom');
    });
    supervisor.events.publish({ type: 'notice', text: 'hear' });
    await supervisor.started();
    expect(journalOf(site.paths)).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'fault',
        msg: 'a subscriber failed on notice: boom',
      }),
    );
  });
});
