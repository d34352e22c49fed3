import { parseArgs } from 'node:util';
import { faultNames, type FaultName } from './fault.ts';
import { describePlan, planOf, type Plan } from './plan.ts';
import { runRound, type RoundReport } from './round.ts';
import { partOf, shrink, type Shrunk } from './shrink.ts';

/** Where the command reads from and writes to. */
export interface FaultsContext {
  readonly args: readonly string[];
  readonly say: (line: string) => void;
}

/** Rounds that are run to make a failing one shorter. */
const mostShrinkingRounds = 12;

/**
 * The long fault suite: `--rounds N` (200) rounds with the seeds from `--seed S` (1), `--jobs J` (2) at a time, with the
 * faults `--faults A,B` (all). A round that fails is made as short as it still fails, and told with its seed, its plan and
 * the command that plays it again; `--steps 1,3` plays these steps of it alone. Returns the exit code.
 */
export async function runFaults({ args, say }: FaultsContext): Promise<number> {
  const { rounds, first, jobs, names, steps } = readOptions(args);
  const plan = (seed: number) => {
    const whole = planOf(seed, names);
    return steps === null ? whole : partOf(whole, steps);
  };
  const seeds = Array.from({ length: rounds }, (_, index) => first + index);
  const started = performance.now();
  const reports: RoundReport[] = [];
  const failures: string[] = [];
  const worker = async () => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const report = await runRound(plan(seed));
      reports.push(report);
      if (report.problem !== null) {
        say(describeFailure(report));
        const failure = describeShortest(await shortest(report.plan), names, steps);
        failures.push(failure);
        say(failure);
      } else if (reports.length % 10 === 0) say(`${reports.length} of ${rounds} rounds`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  say(describeRun(reports, performance.now() - started));
  for (const failure of failures) say(failure);
  return failures.length === 0 ? 0 : 1;
}

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '2' },
      faults: { type: 'string' },
      steps: { type: 'string' },
    },
  });
  return {
    rounds: wholeNumber('--rounds', values.rounds),
    first: wholeNumber('--seed', values.seed),
    jobs: wholeNumber('--jobs', values.jobs),
    names: values.faults === undefined ? faultNames : values.faults.split(',').map(faultName),
    steps: values.steps?.split(',').map((text) => wholeNumber('--steps', text)) ?? null,
  };
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${option}: "${text}" is not a whole number from 1`);
}

function faultName(text: string): FaultName {
  const name = faultNames.find((known) => known === text);
  if (name !== undefined) return name;
  throw new Error(`--faults: "${text}" is none of ${faultNames.join(', ')}`);
}

function shortest(plan: Plan): Promise<Shrunk> {
  const fails = async (shorter: Plan) => (await runRound(shorter)).problem !== null;
  return shrink(plan, fails, mostShrinkingRounds);
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

function describeShortest(
  { plan, kept, runs }: Shrunk,
  names: readonly FaultName[],
  steps: readonly number[] | null,
): string {
  // Of a plan that was cut by hand already, the steps that were left have other numbers.
  const numbers = steps === null ? kept : kept.map((number) => steps[number - 1]);
  const only = names === faultNames ? '' : ` --faults ${names.join(',')}`;
  return [
    `SHORTEST that fails, after ${runs} more rounds: ${describePlan(plan)}`,
    `  again: npm run faults -- --seed ${plan.seed} --rounds 1 --steps ${numbers.join(',')}${only}`,
  ].join('\n');
}

/** The report at the end: how much was done, which faults hit, and what broke. */
export function describeRun(reports: readonly RoundReport[], milliseconds: number): string {
  const total = (of: (report: RoundReport) => number) =>
    reports.reduce((sum, report) => sum + of(report), 0);
  const failed = total(({ problem }) => (problem === null ? 0 : 1));
  const struck = reports.flatMap((report) => report.struck);
  const counts = faultNames.map((name) => [name, struck.filter((one) => one === name).length]);
  return [
    `${reports.length} rounds, ${struck.length} faults, ${failed} failed; ` +
      `${total(({ nodes }) => nodes)} nodes wrote ${total(({ lines }) => lines)} lines ` +
      `into ${total(({ rotations }) => rotations)} rotated files; ` +
      `longest pause ${Math.round(Math.max(0, ...reports.map(({ longestPauseMs }) => longestPauseMs)))} ms; ` +
      `${Math.round(milliseconds / 1000)} s`,
    ...counts.map(([name, count]) => `  ${name} ${count}`),
  ].join('\n');
}
