import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '../harness/installation.ts';
import { processesMentioning } from '../harness/processes.ts';
import type { UpgradeRound } from './upgrade-plan.ts';

/** Where a round is played: what is upgraded, and what is beside its home. */
export interface Place {
  readonly data: string;
  /** The file system of the home alone; null where it has none. */
  readonly mount: string | null;
  readonly backup: string;
  /** Takes its time while the node is down. */
  readonly hook: string;
  readonly old: string;
  readonly next: string;
}

/** The nodes themselves that work on a data directory. */
export const nodesOf = (data: string) =>
  processesMentioning(data).filter(({ commandLine }) => /node \S*fake-geth\.mjs/.test(commandLine));

/** What does not hold at the end, in words; null where all does. */
export async function problemOf(
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
