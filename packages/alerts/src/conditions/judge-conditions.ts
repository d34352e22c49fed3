import type { AlertFacts } from '../alert-facts.ts';
import type { AlertOptions } from '../alert-options.ts';
import { conditionOf, type Judgement } from './condition.ts';
import { forkCondition } from './fork-conditions.ts';
import { healthConditions, unjudgedOfHealth } from './health-conditions.ts';
import { lifecycleConditions, unjudgedOfLifecycle } from './lifecycle-conditions.ts';

const logDiskFull = {
  ...conditionOf('log', 'critical', "the disk of the node's log is full: lines are being lost"),
  key: 'log-disk',
};

/** Lists what is wrong now. Pure. `now` is in epoch milliseconds. */
export function judgeConditions(
  facts: AlertFacts,
  options: Required<AlertOptions>,
  now: number,
): Judgement {
  const { state, desired } = facts.lifecycle;
  return {
    conditions: [
      ...lifecycleConditions(facts.lifecycle, options, now),
      ...healthConditions(facts, options),
      ...(facts.logDiskFull === true ? [logDiskFull] : []),
      ...forkCondition(facts.missingFork, now),
    ],
    unjudged: new Set([
      ...unjudgedOfLifecycle(facts.lifecycle),
      ...unjudgedOfHealth(facts.health ?? null),
      ...(facts.missingFork === undefined ? (['fork'] as const) : []),
    ]),
    over: state === 'stopped' && desired === 'down',
  };
}
