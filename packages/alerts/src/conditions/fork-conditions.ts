import type { MissingFork } from '../alert-facts.ts';
import { conditionOf, type Condition } from './condition.ts';

const dayMs = 86_400_000;
/** Days before a fork from which on it is told of once more; 0 is the fork itself. */
const stepDays = [30, 14, 7, 3, 1, 0] as const;
/** From so many days before on it is critical: an upgrade takes a day, and people have weekends. */
const criticalDays = 3;

/** A hard fork that the node does not have: raised when it becomes known, and told of again as it nears. */
export function forkCondition(
  fork: MissingFork | null | undefined,
  now: number,
): readonly Condition[] {
  if (fork === null || fork === undefined) return [];
  const days = fork.at === null ? Infinity : (fork.at - now) / dayMs;
  const severity = days <= criticalDays ? 'critical' : 'warning';
  const step = stepDays.filter((each) => days <= each).length;
  return [{ ...conditionOf('fork', severity, fork.summary), key: `fork ${fork.key}`, step }];
}
