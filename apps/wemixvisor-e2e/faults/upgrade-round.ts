import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
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
import { seededRandom } from './random.ts';
import { spoil } from './surroundings.ts';

/**
 * Who is killed. `both`: the supervisor and the node at once; `all`: the shell beside the node too, as by a power cut. `disk`: nobody, but the
 * file system of the home is full for a while.
 */
const targets = ['supervisor', 'node', 'both', 'all', 'command', 'recorder', 'disk'] as const;
type Target = (typeof targets)[number];

/** What the new program does: proves itself, dies at once, or stands still. */
const programs = { good: 3, dies: 1, stands: 1 };

interface Strike {
  readonly target: Target;
  readonly from: 'command' | 'plan';
  readonly afterMs: number;
}

/** One upgrade, and what strikes it. */
export interface UpgradeRound {
  readonly seed: number;
  readonly program: keyof typeof programs;
  /** The data is copied before the switch. */
  readonly backup: boolean;
  /** In their order; `afterMs` counts from the beginning of the command, or from the moment at which the plan is on the disk. */
  readonly strikes: readonly Strike[];
}

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
/** Longest times until a strike: staging takes that long, and the switch and its watch. */
const longestMs = { command: 400, plan: 1_900 } as const;

/** The round of a seed. */
export function upgradeRoundOf(seed: number): UpgradeRound {
  const random = seededRandom(seed);
  const strikes = Array.from({ length: random.between(1, 3) }, (): Strike => {
    const target = random.pick({
      supervisor: 6,
      node: 2,
      both: 3,
      all: 2,
      command: 1,
      recorder: 1,
      disk: 2,
    });
    const from = random.chance(0.2) ? 'command' : 'plan';
    return { target, from, afterMs: random.between(0, longestMs[from]) };
  }).toSorted((a, b) => a.from.localeCompare(b.from) || a.afterMs - b.afterMs);
  return { seed, program: random.pick(programs), backup: random.chance(0.4), strikes };
}

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

interface Place {
  readonly data: string;
  /** The file system of the home alone; null where it has none. */
  readonly mount: string | null;
  readonly backup: string;
  /** Takes its time while the node is down. */
  readonly hook: string;
  readonly old: string;
  readonly next: string;
}

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

/** The nodes themselves that work on a data directory. */
const nodesOf = (data: string) =>
  processesMentioning(data).filter(({ commandLine }) => /node \S*fake-geth\.mjs/.test(commandLine));

/** What does not hold at the end, in words; null where all does. */
async function problemOf(
  wemixvisor: Installation,
  {
    round,
    place,
    outcome,
  }: { readonly round: UpgradeRound; readonly place: Place; readonly outcome: string },
): Promise<string | null> {
  const { home } = wemixvisor;
  const { binary, version } = await wemixvisor.status();
  const nodes = nodesOf(place.data);
  const isNew = outcome === 'kept';
  const wanted = isNew ? '1.17.5' : '1.16.9';
  // A node that cannot write its log, or whose start cannot be recorded, ends as well.
  const nodeEnded = round.strikes.some(({ target }) =>
    ['node', 'both', 'all', 'disk'].includes(target),
  );
  const problems = [
    nodes.length === 1 ? null : `${nodes.length} nodes run`,
    String(version).includes(wanted) ? null : `${outcome}, and ${String(version)} runs`,
    isNew === String(binary).includes('/binaries/')
      ? null
      : `${outcome}, and ${String(binary)} runs`,
    outcome === 'kept' && round.program !== 'good' ? `${round.program}, and was kept` : null,
    outcome === 'gone-back' && round.program === 'good' && !nodeEnded
      ? 'a good program was taken back though no node ended'
      : null,
    ['none', 'kept', 'gone-back'].includes(outcome) ? null : `it ended ${outcome}`,
    linkProblem(home, place, outcome, String(binary)),
    backupProblem(place, outcome, round),
    await historyProblem(outcome, wemixvisor),
  ];
  return problems.filter((problem) => problem !== null).join('; ') || null;
}

/** The link has moved with the program that runs. */
function linkProblem(home: string, { old }: Place, outcome: string, binary: string): string | null {
  if (outcome === 'none') return null;
  const folder = join(home, 'binaries');
  const led = join(folder, readlinkSync(join(folder, 'current')));
  const wanted = outcome === 'kept' ? binary : old;
  return led === wanted ? null : `current leads to ${led}, not to ${wanted}`;
}

/** A copy that has its name is whole. */
function backupProblem(
  { backup, data }: Place,
  outcome: string,
  round: UpgradeRound,
): string | null {
  if (!round.backup || outcome !== 'kept') return null;
  const names = readdirSync(backup).filter((name) => !name.startsWith('.'));
  const [name = ''] = names;
  if (names.length !== 1 || !/^before-[\dTZ-]+$/.test(name)) return `backups: ${names.join(', ')}`;
  const [copy, chain] = [join(backup, name), data].map((folder) =>
    readFileSync(join(folder, 'chain')),
  );
  return copy !== undefined && chain?.equals(copy) === true ? null : 'the backup is not whole';
}

async function historyProblem(outcome: string, wemixvisor: Installation): Promise<string | null> {
  const { stdout } = await wemixvisor.run('upgrade', 'history', '--json');
  const { upgrades } = JSON.parse(stdout) as {
    readonly upgrades: readonly { readonly step: string }[];
  };
  const steps = upgrades.map(({ step }) => step).join(',');
  const wanted = outcome === 'none' ? '' : outcome;
  return steps === wanted ? null : `the history says "${steps}", not "${wanted}"`;
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
