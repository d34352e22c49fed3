import type { StatusReport } from '../report/status-report.ts';
import { renderNext, renderSpan, renderState } from './status-table.ts';

/** The state of a node and how long it has been waited for: `the node is starting (database repair), 12s`. */
export function renderProgress(status: StatusReport, waitedMs: number, now: number): string {
  const { state, health, next_action: next } = status;
  const phase = health?.phase ?? null;
  const byHealth = phase === null || phase === state ? state : `${state} (${phase})`;
  const doing = status.stop_phase === null ? byHealth : renderState(status, now);
  const then = next === null ? '' : `; ${renderNext(next, now)}`;
  return `the node is ${doing}, ${renderSpan(waitedMs)}${then}`;
}
