import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fakeSite, settingsOf, shellLaunch, startRequestOf } from '../../test/fake-supervisor.ts';
import { readLaunchFile } from '../state/launch-file.ts';

describe('a start', () => {
  it('says that the node runs already, and has its settings in force', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const again = startRequestOf({
      settings: settingsOf({ minPeers: '4' }),
      options: { minPeers: '4' },
    });
    const applied = ['health.min_peers: 1 → 4'];
    expect(await supervisor.operations.start(again)).toMatchObject({
      ...{ outcome: 'already-running', applied, at_next_start: [], problems: [] },
    });
    expect(await supervisor.operations.start(again)).toMatchObject({ applied: [] });
    expect(supervisor.seen.filter(({ type }) => type === 'reloaded')).toEqual([
      { type: 'reloaded', applied, at_next_start: [], problems: [] },
    ]);
    expect(supervisor.settings.current.minPeers).toBe(4);
    expect(supervisor.monitor.options).toMatchObject({ minPeers: 4 });
    expect(readLaunchFile(site.paths.launch)?.sources.options).toEqual({ minPeers: '4' });
    expect(site.machine.commands).toHaveLength(1);
  });

  it('names what differs from the node that runs, and changes nothing', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const other = startRequestOf({
      launch: shellLaunch({ args: ['--http'] }),
      settings: settingsOf({ minPeers: '4' }),
      options: { minPeers: '4' },
    });
    expect(await supervisor.operations.start(other)).toEqual({
      outcome: 'different',
      differences: ['the arguments are --datadir /data, not --http'],
    });
    expect(supervisor.settings.current.minPeers).toBe(1);
    expect(readLaunchFile(site.paths.launch)?.sources.options).toEqual({});
  });

  it('gives its command to a running node whose own was lost, for the next time', async () => {
    const site = await fakeSite();
    const first = await site.supervise();
    await first.started();
    await first.dies();
    writeFileSync(site.paths.launch, 'damaged');
    const second = await site.supervise();
    expect(second.operations.status()).toMatchObject({ state: 'running', adopted: true });
    const reply = await second.operations.start(startRequestOf({ options: { minPeers: '4' } }));
    expect(reply).toMatchObject({ outcome: 'already-running', status: { adopted: true } });
    expect(readLaunchFile(site.paths.launch)).toMatchObject({
      launch: { args: ['--datadir', '/data'] },
      sources: { options: { minPeers: '4' } },
    });
    const running = second.next('lifecycle', ({ change }) => change.after.generation === 2);
    site.machine.exit(1);
    await site.machine.clock.advance(10_000);
    await running;
    const [before, after] = site.machine.commands;
    expect(after).toEqual(before);
  });

  it('that nobody gave a command to ends in an error when the node does, and nothing is tried', async () => {
    const site = await fakeSite();
    const first = await site.supervise();
    await first.started();
    await first.dies();
    rmSync(site.paths.launch);
    const second = await site.supervise();
    const ended = second.next('lifecycle', ({ change }) => change.after.state === 'error');
    site.machine.exit(1);
    await site.machine.clock.advance(1_000);
    await ended;
    expect(second.operations.status()).toMatchObject({
      state: 'error',
      reason: 'exit code 1; what to start it with is not known, as its record was lost',
      restarts: { crash: 0 },
    });
  });

  it('without a request repeats the last one by the configuration of today', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started({ options: { stopTimeout: '1m' } });
    await supervisor.operations.stop({});
    writeFileSync(site.paths.config, '[health]\nmin_peers = 6\n', { mode: 0o600 });
    expect((await supervisor.operations.start()).outcome).toBe('started');
    expect(supervisor.settings.current).toMatchObject({ minPeers: 6, stopTimeout: 60_000 });
    const [first, second] = site.machine.commands;
    expect(second).toEqual(first);
  });

  it('without a request says that there is nothing to start', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await expect(supervisor.operations.start()).rejects.toThrow('there is nothing to start again');
    await expect(supervisor.operations.restart()).rejects.toThrow('there is no node to restart');
  });

  it('fails as a value where the program cannot be run', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    const launch = shellLaunch({ file: '/no/such/geth' });
    const reply = await supervisor.operations.start(startRequestOf({ launch }));
    expect(reply).toMatchObject({
      outcome: 'started',
      status: { state: 'error', reason: 'there is no program /no/such/geth' },
    });
  });
});

describe('a restart', () => {
  it('shows and remembers the running command until the new one runs', async () => {
    const site = await fakeSite();
    site.machine.behaviour.ignoresTerm = true;
    const supervisor = await site.supervise();
    await supervisor.started();
    const next = shellLaunch({ args: ['--http'] });
    await supervisor.operations.restart(startRequestOf({ launch: next }));
    expect(supervisor.operations.status()).toMatchObject({
      state: 'stopping',
      args: ['--datadir', '/data'],
    });
    expect(readLaunchFile(site.paths.launch)).toMatchObject({
      launch: { args: ['--datadir', '/data'] },
      next: { args: ['--http'] },
    });
    const running = supervisor.next('lifecycle', ({ change }) => change.after.state === 'running');
    await site.machine.clock.advance(300_000);
    await running;
    expect(supervisor.operations.status().args).toEqual(['--http']);
    expect(readLaunchFile(site.paths.launch)).toMatchObject({
      launch: { args: ['--http'] },
      next: null,
    });
  });

  it('that a supervisor has begun is brought to its end by the next one', async () => {
    const site = await fakeSite();
    site.machine.behaviour.ignoresTerm = true;
    const first = await site.supervise();
    await first.started();
    const next = shellLaunch({ args: ['--http'] });
    await first.operations.restart(startRequestOf({ launch: next }));
    await first.dies();
    const second = await site.supervise();
    expect(second.operations.status()).toMatchObject({ state: 'stopping', adopted: true });
    const running = second.next('lifecycle', ({ change }) => change.after.state === 'running');
    site.machine.exit(0);
    await site.machine.clock.advance(1_000);
    await running;
    expect(site.machine.commands.at(-1)?.args).toEqual(['--http']);
    expect(site.machine.wrongs).toEqual([]);
  });

  it('goes by the settings that came with it, the grace period of the stop included', async () => {
    const site = await fakeSite();
    site.machine.behaviour.ignoresTerm = true;
    const supervisor = await site.supervise();
    await supervisor.started();
    await supervisor.operations.restart(
      startRequestOf({ settings: settingsOf({ stopTimeout: '10s' }) }),
    );
    const running = supervisor.next('lifecycle', ({ change }) => change.after.state === 'running');
    await site.machine.clock.advance(10_000);
    await running;
    expect(supervisor.operations.status().last_exit).toMatchObject({
      cause: 'grace-period',
      forced: true,
    });
  });
});
