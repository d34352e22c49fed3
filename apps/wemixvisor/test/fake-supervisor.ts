import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFakeMachine, temporaryDirectory, type FakeMachine } from '@wemixvisor/testkit';
import { onTestFinished } from 'vitest';
import type { StartRequest } from '../src/control/operations.ts';
import { resolveSettings } from '../src/settings/resolve-settings.ts';
import type { Settings } from '../src/settings/settings.ts';
import { homePaths, type HomePaths } from '../src/state/home-paths.ts';
import type { Launch } from '../src/state/launch.ts';
import type { SupervisorEvent } from '../src/supervisor/events.ts';
import type { ForkWatchPorts, SamplerPorts } from '../src/supervisor/ports.ts';
import type { SupervisorOptions } from '../src/supervisor/supervisor-options.ts';
import { runSupervisor, type Supervisor } from '../src/supervisor/run-supervisor.ts';
import { fakeMonitor, type FakeMonitor } from './fake-monitor.ts';
import { lookOf } from './look-of.ts';
import { launchOf } from './launch-of.ts';

/** A home with a fake machine under it, on which supervisors are run one after the other. */
export interface FakeSite {
  readonly machine: FakeMachine;
  readonly paths: HomePaths;
  /** Makes the node ready, as often as it starts; a test that wants to wait takes it away, or says when. */
  readiness: Promise<boolean>;
  /** How samples are taken and kept. */
  sampler: Partial<SamplerPorts>;
  /** How forks are looked at: nobody tells of any, unless a test says otherwise. */
  forks: Partial<ForkWatchPorts>;
  /** Runs the next supervisor of the home. */
  supervise(options?: Partial<SupervisorOptions>): Promise<FakeSupervisor>;
}

/** A supervisor on a fake machine. */
export interface FakeSupervisor extends Supervisor {
  readonly monitor: FakeMonitor;
  /** All events so far. */
  readonly seen: readonly SupervisorEvent[];
  /** Resolves with the next event of a type that fits; one that is there already does not count. */
  next<T extends SupervisorEvent['type']>(
    type: T,
    fits?: (event: Extract<SupervisorEvent, { type: T }>) => boolean,
  ): Promise<Extract<SupervisorEvent, { type: T }>>;
  /** Dies as by kill -9: nothing of it reaches the machine any more. Resolves when the next one can come. */
  dies(): Promise<void>;
  /** Starts a node and waits until it is running. */
  started(request?: Partial<StartRequest>): Promise<void>;
}

/** Settings as an operator types them, with the defaults for the rest. */
export function settingsOf(options: Readonly<Record<string, string>> = {}): Settings {
  return resolveSettings({ options, environment: {} }).settings;
}

/** A request to start `/bin/sh`, which is there on every machine; the fake machine never runs it. */
export function startRequestOf(overrides: Partial<StartRequest> = {}): StartRequest {
  return {
    launch: shellLaunch(),
    settings: settingsOf(),
    options: {},
    environment: {},
    config: null,
    ...overrides,
  };
}

/** A launch of `/bin/sh` with arguments of geth. */
export function shellLaunch(overrides: Partial<Launch> = {}): Launch {
  return launchOf({ file: '/bin/sh', cwd: '/', ...overrides });
}

/** Makes a home with a machine of its own; both end with the test. */
export async function fakeSite(): Promise<FakeSite> {
  const folder = await temporaryDirectory();
  const home = join(folder.path, 'home');
  const uid = process.getuid?.() ?? -1;
  const paths = homePaths(home, { temporaryDirectory: folder.path, uid });
  const machine = createFakeMachine();
  const running: Supervisor[] = [];
  onTestFinished(async () => {
    for (const supervisor of running) supervisor.end();
    await Promise.allSettled(running.map(({ ended }) => ended));
    await folder[Symbol.asyncDispose]();
  });
  const site: FakeSite = {
    machine,
    paths,
    readiness: Promise.resolve(true),
    sampler: {},
    forks: { look: () => Promise.resolve(lookOf()) },
    async supervise(options = {}) {
      const monitor = fakeMonitor();
      const { ports, dies: cutOff } = machine.ports();
      const starting = runSupervisor(
        {
          paths,
          settings: settingsOf(),
          pid: process.pid,
          uid,
          platform: 'linux',
          env: {},
          homeDirectory: folder.path,
          endsWithNode: false,
          ...options,
        },
        {
          process: ports,
          health: {
            createMonitor: (first, monitorPorts) => monitor.create(first, monitorPorts),
            now: () => machine.clock.now(),
            becomesReady: () => site.readiness,
            repairsDatabase: () => new Promise(() => {}),
          },
          sampler: site.sampler,
          forks: site.forks,
        },
      );
      const supervisor = await pumped(starting, machine.clock);
      running.push(supervisor);
      const dies = async () => {
        cutOff();
        supervisor.end();
        await supervisor.ended;
      };
      return { ...supervisor, ...watched(supervisor), monitor, dies };
    },
  };
  return site;
}

/** Lets timers that are due fire until a promise settles: what became of an earlier node is looked for by timers. */
async function pumped<T>(promise: Promise<T>, clock: FakeMachine['clock']): Promise<T> {
  const over = new AbortController();
  const end = () => over.abort();
  promise.then(end, end);
  while (!over.signal.aborted) await clock.advance(0);
  return promise;
}

function watched(supervisor: Supervisor): Pick<FakeSupervisor, 'seen' | 'next' | 'started'> {
  const seen: SupervisorEvent[] = [];
  const waiting = new Set<(event: SupervisorEvent) => void>();
  supervisor.events.subscribe((event) => {
    seen.push(event);
    for (const each of waiting) each(event);
  });
  const next: FakeSupervisor['next'] = (type, fits = () => true) =>
    new Promise((resolve) => {
      const look = (event: SupervisorEvent) => {
        if (event.type !== type || !fits(event as never)) return;
        waiting.delete(look);
        resolve(event as never);
      };
      waiting.add(look);
    });
  return {
    seen,
    next,
    async started(request = {}) {
      const running = next('lifecycle', ({ change }) => change.after.state === 'running');
      await supervisor.operations.start(startRequestOf(request));
      await running;
    },
  };
}

/** The events that a home's journal holds, in their order. */
export function journalOf(paths: HomePaths): readonly Readonly<Record<string, unknown>>[] {
  const lines = readFileSync(paths.journal, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The crash reports of a home, oldest first. */
export function crashReportsOf(paths: HomePaths): readonly Readonly<Record<string, unknown>>[] {
  return readdirSync(paths.crashes)
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(paths.crashes, name), 'utf8')) as never);
}
