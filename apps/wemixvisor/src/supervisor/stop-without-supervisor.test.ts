import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fakeSite } from '../../test/fake-supervisor.ts';
import { recallState } from '../state/recall-state.ts';
import { stopWithoutSupervisor } from './stop-without-supervisor.ts';

/** A home whose supervisor died, and whose node is gone: its pids belong to nobody on this machine. */
async function left() {
  const site = await fakeSite();
  const supervisor = await site.supervise();
  await supervisor.started();
  await supervisor.dies();
  return site.paths;
}

describe('a stop without a supervisor', () => {
  it('writes down that the node is stopped, and gives the home back', async () => {
    const paths = await left();
    expect(recallState(paths).state?.lifecycle.state).toBe('running');
    const stopped = await stopWithoutSupervisor(paths, process.pid, { force: false });
    expect(stopped).toMatchObject({ state: 'stopped', desired: 'down' });
    expect(recallState(paths).state).toMatchObject({
      lifecycle: { state: 'stopped', desired: 'down' },
      socket: paths.socket,
    });
    const again = await stopWithoutSupervisor(paths, process.pid, { force: false });
    expect(again.state).toBe('stopped');
  });

  it('leaves a home alone that somebody else has', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    await expect(stopWithoutSupervisor(site.paths, 1, { force: false })).rejects.toThrow(
      `process ${process.pid} has ${site.paths.home}`,
    );
    expect(supervisor.operations.status().state).toBe('running');
  });

  it('says what is wrong with a state that has gone or is damaged', async () => {
    const paths = await left();
    for (const file of [paths.state, paths.stateBackup]) writeFileSync(file, '{');
    await expect(stopWithoutSupervisor(paths, process.pid, { force: false })).rejects.toThrow(
      paths.state,
    );
    for (const file of [paths.state, paths.stateBackup]) rmSync(file);
    await expect(stopWithoutSupervisor(paths, process.pid, { force: false })).rejects.toThrow(
      `${paths.state} has gone`,
    );
  });
});
