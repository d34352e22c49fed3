import { parseArgs } from 'node:util';
import type { FaultsContext } from './run-faults.ts';
import { upgradeRoundOf } from './upgrade-plan.ts';
import { runUpgradeRound, type UpgradeRoundReport } from './upgrade-round.ts';

/**
 * Upgrades that are struck by kills: rounds with the seeds from `--seed S` (1) on, `--jobs J` (2) at a time, until `--kills N` (500) have hit. Says
 * which steps were hit how often, and of a round that fails its seed. Returns the exit code.
 */
export async function runUpgradeKills({ args, say }: FaultsContext): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '2' },
    },
  });
  const [kills, jobs] = [Number(values.kills), Number(values.jobs)];
  let seed = Number(values.seed);
  const reports: UpgradeRoundReport[] = [];
  const hits = () => reports.flatMap(({ struck }) => struck);
  const worker = async () => {
    while (hits().length < kills) {
      const report = await runUpgradeRound(upgradeRoundOf(seed++));
      reports.push(report);
      if (report.problem !== null) say(describeUpgradeFailure(report));
      else if (reports.length % 10 === 0) say(`${reports.length} rounds, ${hits().length} kills`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  const failed = reports.filter(({ problem }) => problem !== null).length;
  say(`${reports.length} rounds, ${hits().length} kills, ${failed} failed`);
  for (const [what, count] of counted(reports.map(({ outcome }) => `ended ${outcome}`))) {
    say(`  ${what} ${count}`);
  }
  for (const [what, count] of counted(hits())) say(`  ${what} ${count}`);
  return failed === 0 ? 0 : 1;
}

/** What failed, and how to see it again. */
export function describeUpgradeFailure({
  round,
  problem,
  struck,
  journal,
}: UpgradeRoundReport): string {
  return [
    `FAILED: ${JSON.stringify(round)}`,
    `  ${problem ?? ''}`,
    `  struck: ${struck.join(', ')}`,
    `  again: node apps/wemixvisor-e2e/faults/upgrade-kills.mjs --seed ${round.seed} --kills 1`,
    ...journal.split('\n').map((line) => `  | ${line}`),
  ].join('\n');
}

function counted(words: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
