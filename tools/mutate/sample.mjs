/* Tests a part of the mutants only, where all of them would take too long. */
import { createHash } from 'node:crypto';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';

/**
 * Keeps `count` of the items, the same ones for the same seed.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {{ count: number, seed: string, keyOf: (item: T) => string }} options
 * @returns {Set<T>}
 */
export function sampleOf(items, { count, seed, keyOf }) {
  const ranked = items.map((item) => ({
    item,
    rank: createHash('sha256')
      .update(`${seed} ${keyOf(item)}`)
      .digest('hex'),
  }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return new Set(ranked.slice(0, count).map(({ item }) => item));
}

/** @typedef {import('@stryker-mutator/api/report').MutationTestingPlanReadyEvent} PlanReady */
/** @typedef {PlanReady['mutantPlans'][number]} Plan */

/** @param {Plan} plan */
const keyOf = ({ mutant: { fileName, location, mutatorName, replacement } }) =>
  JSON.stringify([fileName.replace(process.cwd(), ''), location.start, mutatorName, replacement]);

/** Stryker has no sampling; it runs the plans as this reporter leaves them (core 9.6.1, mutant-test-planner). */
class SampleReporter {
  static inject = tokens(commonTokens.options);

  /** @param {import('@stryker-mutator/api/core').StrykerOptions} options */
  constructor(options) {
    this.sample = /** @type {{ count: number, seed: string } | undefined} */ (options['sample']);
  }

  /** @param {PlanReady} event */
  onMutationTestingPlanReady({ mutantPlans }) {
    if (this.sample === undefined) return;
    const planned = mutantPlans.filter(({ mutant }) => mutant.status === undefined);
    const chosen = sampleOf(planned, { ...this.sample, keyOf });
    for (const plan of planned.filter((each) => !chosen.has(each))) {
      Object.assign(plan, { plan: 'EarlyResult' });
      Object.assign(plan.mutant, { status: 'Ignored', statusReason: 'outside the sample' });
    }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'sample', SampleReporter)];
