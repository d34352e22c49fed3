import type { AlertFacts, AlertSettings, Judgement } from './alert-facts.ts';
import type { Trouble } from './alert.ts';
import { healthTroubles, unjudgedOfHealth } from './health-troubles.ts';
import { lifecycleTroubles, unjudgedOfLifecycle } from './lifecycle-troubles.ts';

const logTrouble: Trouble = {
  key: 'log-disk',
  event: 'log',
  severity: 'critical',
  summary: "the disk of the node's log is full: lines are being lost",
  holdMs: 0,
};

/** What is wrong now, by all that is known; pure. `now` is milliseconds since the epoch. */
export function judgeTroubles(facts: AlertFacts, settings: AlertSettings, now: number): Judgement {
  const { state, desired } = facts.lifecycle;
  return {
    troubles: [
      ...lifecycleTroubles(facts, settings, now),
      ...healthTroubles(facts, settings),
      ...(facts.logDiskFull ? [logTrouble] : []),
    ],
    unjudged: new Set([...unjudgedOfLifecycle(facts), ...unjudgedOfHealth(facts)]),
    over: state === 'stopped' && desired === 'down',
  };
}
