import { parseArgs } from 'node:util';
import { describePlan, planOf } from './plan.ts';
import { runRound, type RoundReport } from './round.ts';

/** Where the command reads from and writes to. */
export interface FaultsContext {
  readonly args: readonly string[];
  readonly say: (line: string) => void;
}

/**
 * The long fault suite: `--rounds N` (200) rounds with the seeds from `--seed S` (1), `--jobs J` (2) at a time.
 * A round that fails is told with its seed and plan; `--seed THAT --rounds 1` plays it again. Returns the exit code.
 */
export async function runFaults({ args, say }: FaultsContext): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '2' },
    },
  });
  const first = wholeNumber('--seed', values.seed);
  const rounds = wholeNumber('--rounds', values.rounds);
  const seeds = Array.from({ length: rounds }, (_, index) => first + index);
  const started = performance.now();
  const reports: RoundReport[] = [];
  const worker = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const report = await runRound(planOf(seed));
      reports.push(report);
      if (report.problem !== null) say(describeFailure(report));
      else if (reports.length % 10 === 0) say(`${reports.length} of ${rounds} rounds`);
    }
  };
  await Promise.all(Array.from({ length: wholeNumber('--jobs', values.jobs) }, worker));
  say(describeRun(reports, performance.now() - started));
  return reports.every(({ problem }) => problem === null) ? 0 : 1;
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${option}: "${text}" is not a whole number from 1`);
}

/** What failed, and how to see it again. */
export function describeFailure({ plan, problem, journal }: RoundReport): string {
  return [
    `FAILED: ${describePlan(plan)}`,
    `  ${problem ?? ''}`,
    `  again: npm run faults -- --seed ${plan.seed} --rounds 1`,
    ...journal.split('\n').map((line) => `  | ${line}`),
  ].join('\n');
}

function describeRun(reports: readonly RoundReport[], milliseconds: number): string {
  const total = (of: (report: RoundReport) => number) =>
    reports.reduce((sum, report) => sum + of(report), 0);
  const failed = total(({ problem }) => (problem === null ? 0 : 1));
  return (
    `${reports.length} rounds, ${total(({ kills }) => kills)} kill -9, ${failed} failed; ` +
    `${total(({ nodes }) => nodes)} nodes wrote ${total(({ lines }) => lines)} lines ` +
    `into ${total(({ rotations }) => rotations)} rotated files; ${Math.round(milliseconds / 1000)} s`
  );
}
