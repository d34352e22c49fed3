import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeGeth, waitFor } from '@wemixvisor/testkit';
import { askSupervisor } from '../harness/ask-supervisor.ts';
import {
  installation,
  outcomeOf,
  type Installation,
  type Status,
} from '../harness/installation.ts';
import { killed, processesMentioning } from '../harness/processes.ts';
import { preparePlace, type PreparedPlace } from './place.ts';
import { spoil } from './surroundings.ts';
import { nodesOf, problemOf, type Place } from './upgrade-invariants.ts';
import type { Strike, Target, UpgradeRound } from './upgrade-plan.ts';

/** What came of a round; `problem` is null where everything held. */
export interface UpgradeRoundReport {
  readonly round: UpgradeRound;
  /** Where the upgrade was at each strike that hit. */
  readonly struck: readonly string[];
  readonly outcome: string;
  readonly problem: string | null;
  readonly journal: string;
}

/** How long the disk is full, in milliseconds. */
const fullMs = 700;

interface UpgradeView {
  readonly upgrade: {
    readonly id: string;
    readonly step: string;
    readonly reason: string | null;
  } | null;
}

const over = ['kept', 'gone-back', 'held', 'cancelled', 'failed'];

/** Plays a round on processes, files and sockets of its own. Never rejects for what wemixvisor does wrong. */
export async function runUpgradeRound(round: UpgradeRound): Promise<UpgradeRoundReport> {
  const isFilled = round.strikes.some(({ target }) => target === 'disk');
  await using prepared = await preparePlace(isFilled ? 'small' : 'disk');
  await using wemixvisor = await installation({}, prepared.parent);
  const place = preparePrograms(prepared, round);
  const struck: string[] = [];
  let outcome = 'none';
  const played = async (): Promise<string | null> => {
    await started(wemixvisor, place);
    await play(wemixvisor, round, { place, struck });
    outcome = await settled(wemixvisor, place);
    return problemOf(wemixvisor, { round, place, outcome });
  };
  const problem = await played().catch((error: unknown) => messageOf(error));
  const journal = problem === null ? '' : journalOf(wemixvisor.home);
  return { round, struck, outcome, problem, journal };
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

function preparePrograms(
  { beside: folder, mount }: PreparedPlace,
  { program }: UpgradeRound,
): Place {
  const data = join(folder, 'data');
  mkdirSync(data);
  // Something to copy that takes its time.
  writeFileSync(join(data, 'chain'), Buffer.alloc(24 << 20, 7));
  const script = (name: string, variables: string): string => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${variables} exec ${fakeGeth} "$@"\n`, { mode: 0o755 });
    return file;
  };
  const pace = 'FAKE_GETH_BLOCK_MS=50';
  const next = {
    good: `FAKE_GETH_VERSION=1.17.5-stable FAKE_GETH_HEAD=90000 ${pace}`,
    dies: 'FAKE_GETH_VERSION=1.17.5-stable FAKE_GETH_FATAL=no',
    stands: 'FAKE_GETH_VERSION=1.17.5-stable FAKE_GETH_BLOCK_MS=0 FAKE_GETH_HEAD=5',
  } as const;
  return {
    data,
    mount,
    backup: join(folder, 'backup'),
    hook: script('hook', 'sleep 0.4; exit 0;'),
    old: script('geth-old', `FAKE_GETH_VERSION=1.16.9-stable ${pace}`),
    next: script('geth-new', next[program]),
  };
}

async function started(wemixvisor: Installation, { old, data }: Place): Promise<void> {
  const options = ['--binary', old, '--restart-delay', '200ms', '--health-check-interval', '250ms'];
  const { code, stderr } = await wemixvisor.run('start', ...options, '--', '--datadir', data);
  if (code !== 0) throw new Error(`the first start failed: ${stderr}`);
  await waitFor(async () => headOf(await wemixvisor.status()) > 1_003, {
    what: 'a head that moves',
  });
}

const headOf = ({ health }: Status): number =>
  (health as { head?: { number?: number } } | null)?.head?.number ?? 0;

async function play(
  wemixvisor: Installation,
  round: UpgradeRound,
  { place, struck }: { readonly place: Place; readonly struck: string[] },
): Promise<void> {
  const backup = round.backup ? ['--backup', place.backup, '--hook', place.hook] : [];
  const words = ['upgrade', place.next, '--watch', '900ms', '--no-wait', ...backup];
  const command = wemixvisor.spawn(...words);
  const ended = outcomeOf(command);
  let beganAt = performance.now();
  let from: Strike['from'] = 'command';
  for (const { target, afterMs, ...begins } of round.strikes) {
    if (begins.from !== from) {
      from = begins.from;
      // A command that was cut off in staging has planned nothing.
      const isEnded = () => command.exitCode !== null || command.signalCode !== null;
      await waitFor(() => stepOnDisk(wemixvisor.home) !== 'staging' || isEnded(), {
        what: 'a plan',
      });
      beganAt = performance.now();
    }
    await sleep(Math.max(0, afterMs - (performance.now() - beganAt)));
    const step = stepOnDisk(wemixvisor.home);
    if (await strike(wemixvisor, target, { place, command: command.pid })) {
      struck.push(`${target} in ${step}`);
    }
    if (['supervisor', 'both', 'all'].includes(target)) await recovered(wemixvisor);
  }
  await ended;
}

/** A supervisor that was killed is started again, as a service manager or an operator does it. */
async function recovered(wemixvisor: Installation): Promise<void> {
  await wemixvisor.run('start', '--no-wait');
}

async function strike(
  { home }: Installation,
  target: Target,
  { place, command }: { readonly place: Place; readonly command: number | undefined },
): Promise<boolean> {
  if (target === 'disk') {
    const undo = place.mount === null ? null : spoil(place.mount, 'fill-disk');
    if (undo === null) return false;
    await sleep(fullMs);
    undo();
    return true;
  }
  const seen = processesMentioning(dirname(home));
  const pids = (is: (line: string) => boolean) =>
    seen.filter(({ commandLine }) => is(commandLine)).map(({ pid }) => pid);
  const found = {
    supervisor: pids((line) => line.includes(' supervise ')),
    node: nodesOf(place.data).map(({ pid }) => pid),
    recorder: pids((line) => line.includes('wemixvisor-recorder')),
    command: command === undefined ? [] : [command],
  };
  const chosen = {
    both: [...found.supervisor, ...found.node],
    all: [...found.supervisor, ...found.recorder, ...found.node],
    ...found,
  }[target];
  return chosen.map((pid) => killed(pid)).some(Boolean);
}

/** The step that the record on the disk has. */
function stepOnDisk(home: string): string {
  try {
    const text = readFileSync(join(home, 'run', 'state.json'), 'utf8');
    const { lifecycle } = JSON.parse(text) as {
      readonly lifecycle: { readonly upgrade?: { readonly plan: { readonly step: string } } };
    };
    return lifecycle.upgrade?.plan.step ?? 'staging';
  } catch {
    return 'unknown';
  }
}

const viewOf = (home: string) =>
  askSupervisor(home, 'GET', '/v1/upgrade') as Promise<UpgradeView | undefined>;

/** Waits until nothing follows from the upgrade and the node is up; gives the step. */
async function settled(wemixvisor: Installation, { data }: Place): Promise<string> {
  const { home } = wemixvisor;
  await wemixvisor.run('start', '--no-wait');
  return waitFor(
    async () => {
      const view = await viewOf(home);
      if (view === undefined) return null;
      const step = view.upgrade?.step ?? 'none';
      const { state } = await wemixvisor.status();
      const isOver = step === 'none' || over.includes(step);
      // One that was killed a moment ago may still be called running.
      return isOver && state === 'running' && nodesOf(data).length === 1 ? step : null;
    },
    {
      what: `an upgrade that is over and a node that runs (${stepOnDisk(home)})`,
      timeoutMs: 40_000,
    },
  );
}

function journalOf(home: string): string {
  try {
    return readFileSync(join(home, 'logs', 'wemixvisor.log'), 'utf8')
      .split('\n')
      .slice(-60)
      .join('\n');
  } catch {
    return '';
  }
}
