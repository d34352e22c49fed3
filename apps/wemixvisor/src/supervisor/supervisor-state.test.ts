import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { initialLifecycle, type LifecycleRecord } from '@wemixvisor/process';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { settingsOf } from '../../test/fake-supervisor.ts';
import { launchOf } from '../../test/launch-of.ts';
import { fileStamp } from '../state/file-stamp.ts';
import { homePaths } from '../state/home-paths.ts';
import { noSources } from '../state/launch-file.ts';
import { createSettingsHolder } from './settings-holder.ts';
import type { State } from '../state/state-file.ts';
import { openSupervisorState } from './supervisor-state.ts';

const jsonIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

/** The state of a new home; `earlier` is what another supervisor left in it. */
async function stateOf(earlier: LifecycleRecord = initialLifecycle, starts: State['starts'] = []) {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const paths = homePaths(folder.path, { temporaryDirectory: folder.path, uid: 1 });
  mkdirSync(paths.run, { recursive: true });
  const settings = createSettingsHolder(settingsOf(), noSources);
  const state = openSupervisorState({
    paths,
    settings,
    earlier: { lifecycle: earlier, starts },
    shown: () => null,
  });
  return { paths, settings, state };
}

/** A node that runs since a moment, as its record says. */
function running(pid: number, startedAt: number): LifecycleRecord {
  return {
    ...initialLifecycle,
    state: 'running',
    desired: 'up',
    generation: 1,
    command: launchOf(),
    run: {
      identity: { pid, startTime: `${startedAt}`, bootId: 'boot' },
      groupId: pid,
      startedAt,
      logMark: '7@x',
    },
  } as unknown as LifecycleRecord;
}

describe('the state of a supervisor', () => {
  it('writes launch.json before the first start, and again only for another command', async () => {
    const { paths, state } = await stateOf();
    state.persist(initialLifecycle);
    expect(existsSync(paths.launch)).toBe(false);
    const record = running(7, 1_000);
    state.persist(record);
    expect(jsonIn(paths.launch)).toMatchObject({ launch: { binary: '/usr/bin/geth' } });
    rmSync(paths.launch);
    state.persist({ ...record, generation: 2 });
    expect(existsSync(paths.launch)).toBe(false);
    state.persist({ ...record, command: launchOf({ file: '/opt/geth' }) });
    expect(jsonIn(paths.launch)).toMatchObject({ launch: { binary: '/opt/geth' } });
  });

  it('writes launch.json again for other sources of the settings', async () => {
    const record = running(7, 1_000);
    const { paths, settings, state } = await stateOf(record);
    state.rememberSources();
    rmSync(paths.launch);
    state.rememberSources();
    expect(existsSync(paths.launch)).toBe(false);
    settings.remember({ options: { minPeers: '3' }, environment: {}, config: null });
    state.rememberSources();
    expect(existsSync(paths.launch)).toBe(true);
    expect(state.lastStart).toMatchObject({ options: { minPeers: '3' }, launch: launchOf() });
  });

  it('remembers what last reached running, with its settings, until something else does', async () => {
    const { paths, settings, state } = await stateOf();
    const goodIn = () => (jsonIn(paths.launch)['good'] ?? null) as { options: unknown } | null;
    const starting = (file: string) =>
      ({ ...running(7, 1_000), state: 'starting', command: launchOf({ file }) }) as LifecycleRecord;
    state.persist(starting('/opt/first'));
    expect(goodIn()).toBeNull();
    state.persist({ ...starting('/opt/first'), state: 'running' } as LifecycleRecord);
    expect(goodIn()).toMatchObject({ launch: { binary: '/opt/first' }, options: {} });
    settings.remember({ options: { minPeers: '3' }, environment: {}, config: null });
    state.persist(starting('/opt/second'));
    expect(goodIn()).toMatchObject({ launch: { binary: '/opt/first' }, options: {} });
    const next = openSupervisorState({
      ...{ paths, settings, shown: () => null },
      earlier: { lifecycle: starting('/opt/second'), starts: [] },
    });
    next.persist(starting('/opt/third'));
    expect(goodIn()).toMatchObject({ launch: { binary: '/opt/first' }, options: {} });
    next.persist({ ...starting('/opt/third'), state: 'running' } as LifecycleRecord);
    expect(goodIn()).toMatchObject({
      launch: { binary: '/opt/third' },
      options: { minPeers: '3' },
    });
  });

  it('forgets a trial that never reached running, and nothing else', async () => {
    const { paths, settings, state } = await stateOf();
    const options = { paths, settings, shown: () => null };
    const reopened = (lifecycle: LifecycleRecord) =>
      openSupervisorState({ ...options, earlier: { lifecycle, starts: [] } });
    const down = { ...initialLifecycle, state: 'error', command: launchOf({ file: '/opt/slip' }) };
    const slip = down as LifecycleRecord;
    state.persist(slip);
    state.forgetTrial();
    expect(existsSync(paths.launch)).toBe(false);
    state.persist(running(7, 1_000));
    state.persist(slip);
    state.forgetTrial();
    expect(jsonIn(paths.launch)).toMatchObject({ launch: { binary: '/opt/slip' } });
    const next = reopened({ ...initialLifecycle, command: launchOf() });
    next.persist({
      ...running(8, 2_000),
      state: 'starting',
      command: launchOf({ file: '/new' }),
    } as LifecycleRecord);
    next.forgetTrial();
    expect(jsonIn(paths.launch)).toMatchObject({ launch: { binary: '/new' } });
    next.persist({ ...slip, command: launchOf({ file: '/new' }) });
    next.forgetTrial();
    expect(jsonIn(paths.launch)).toMatchObject({
      launch: { binary: '/opt/slip' },
      good: { launch: { binary: '/usr/bin/geth' } },
    });
  });

  it('has nothing to repeat where nothing was started', async () => {
    const { state } = await stateOf();
    expect(state.lastStart).toBeUndefined();
  });

  it('repeats what a stop is to be followed by, not what it ends', async () => {
    const { state } = await stateOf();
    const next = launchOf({ file: '/opt/geth' });
    state.persist({ ...running(7, 1_000), state: 'stopping', next } as LifecycleRecord);
    expect(state.lastStart?.launch).toEqual(next);
  });

  it('copies the state once for each process, so that the copy always finds the present one', async () => {
    const { paths, state } = await stateOf();
    state.backUp();
    expect(existsSync(paths.stateBackup)).toBe(false);
    state.persist(running(7, 1_000));
    state.backUp();
    expect(readFileSync(paths.stateBackup, 'utf8')).toContain('"pid": 7');
    rmSync(paths.stateBackup);
    state.persist({ ...running(7, 1_000), generation: 2 });
    state.backUp();
    expect(existsSync(paths.stateBackup)).toBe(false);
    state.persist(running(8, 2_000));
    state.backUp();
    expect(readFileSync(paths.stateBackup, 'utf8')).toContain('"pid": 8');
  });

  it('remembers each start once, and the last hundred', async () => {
    const before = Array.from({ length: 100 }, (_, at) => ({
      at: at + 1,
      logMark: null,
      program: null,
    }));
    const { paths, state } = await stateOf(initialLifecycle, before);
    state.persist(running(7, 1_000));
    state.persist(running(7, 1_000));
    const { starts } = jsonIn(paths.state) as { readonly starts: readonly unknown[] };
    expect(starts).toHaveLength(100);
    expect(starts.slice(-2)).toEqual([
      { at: 100, logMark: null, program: null },
      { at: 1_000, logMark: '7@x', program: fileStamp('/usr/bin/geth') },
    ]);
    expect(state.lifecycle).toMatchObject({ state: 'running' });
  });
});
