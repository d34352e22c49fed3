import { isUpAfter, type Plan, type Step } from './plan.ts';

/** A plan that was made shorter and still fails. */
export interface Shrunk {
  readonly plan: Plan;
  /** Which steps of the plan are left, counted from 1. */
  readonly kept: readonly number[];
  /** Rounds that it took. */
  readonly runs: number;
}

/**
 * Looks for the shortest part of a failing plan that fails as well: leaves out halves, then ever smaller pieces, down to
 * single steps, and keeps what still fails. A part in which a node would be started twice makes no sense and is not tried.
 *
 * @param fails runs a plan; true when it fails
 * @param mostRuns how many plans are run at most
 */
export async function shrink(
  plan: Plan,
  fails: (shorter: Plan) => Promise<boolean>,
  mostRuns: number,
): Promise<Shrunk> {
  let kept = plan.steps.map((_, index) => index + 1);
  let runs = 0;
  let size = Math.ceil(kept.length / 2);
  while (size >= 1) {
    let found: readonly number[] | undefined;
    for (let from = 0; from < kept.length && found === undefined; from += 1) {
      const shorter = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (shorter.length === kept.length || !makesSense(partOf(plan, shorter).steps)) continue;
      if (runs === mostRuns) return { plan: partOf(plan, kept), kept, runs };
      runs += 1;
      if (await fails(partOf(plan, shorter))) found = shorter;
    }
    if (found === undefined) size -= 1;
    else kept = [...found];
  }
  return { plan: partOf(plan, kept), kept, runs };
}

/** The plan with some of its steps, counted from 1. */
export function partOf(plan: Plan, kept: readonly number[]): Plan {
  return { ...plan, steps: plan.steps.filter((_, index) => kept.includes(index + 1)) };
}

/** Whether there is a step, and a node is started exactly where it is down. */
export function makesSense(steps: readonly Step[]): boolean {
  let isUp = false;
  for (const step of steps) {
    if ((step.action === 'start') === isUp) return false;
    isUp = isUpAfter(step);
  }
  return steps.length > 0;
}
