import type { AlertsReport } from './alerts-report.ts';
import { withDefaultPorts, type AlertPorts } from './ports.ts';
import { shownCondition } from './shown-condition.ts';
import { alertFiles } from './storage/alert-files.ts';
import { storedAlertStates } from './storage/alert-states.ts';
import { storedPendingAlerts } from './storage/pending-alerts.ts';

/**
 * What the alerts of a process that has ended left in its `directory`: the conditions that held at its last look, and how many alerts are not
 * delivered yet. Nothing is changed; a file that is missing or damaged counts as empty.
 *
 * @example readStoredAlerts('/srv/geth/run').conditions; // what was wrong when nobody looked any more
 */
export function readStoredAlerts(
  directory: string,
  ports: Partial<AlertPorts> = {},
): { readonly conditions: AlertsReport['conditions']; readonly pending: number } {
  const resolved = withDefaultPorts(ports);
  const files = alertFiles(directory);
  return {
    conditions: storedAlertStates(files.states, resolved).load().map(shownCondition),
    pending: storedPendingAlerts(files.pending, resolved).load().length,
  };
}
