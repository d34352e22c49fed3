import { join } from 'node:path';
import type { AlertsReport } from '../alerts-report.ts';
import { withDefaultPorts } from '../ports.ts';
import { statesFile, storedAlertStates } from './alert-states.ts';
import { shownCondition } from './shown-condition.ts';

/**
 * What was wrong when the alerts of a node last looked, from what they left in their `directory`: nobody looks any more. None where they
 * left nothing, or it is damaged.
 *
 * @example
 * for (const { severity, summary, since } of readConditions('/srv/geth/run')) console.log(severity, summary, since);
 */
export function readConditions(directory: string): AlertsReport['conditions'] {
  const file = join(directory, statesFile);
  return storedAlertStates(file, withDefaultPorts({})).load().map(shownCondition);
}
