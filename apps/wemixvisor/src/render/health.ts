import type { HealthReport } from '../report/health-report.ts';

/** The health of a node as text: the verdict, its reason, the next action, and each check. */
export function renderHealthReport(health: HealthReport): string {
  const checks = Object.entries(health.checks).map(
    ([name, check]: [string, { readonly healthy: boolean | null }]) => {
      const { healthy, ...details } = check;
      const verdict = healthy === null ? 'unknown' : healthy ? 'ok' : 'failing';
      const shown = Object.entries(details)
        .filter(([, value]) => value !== null)
        .map(([key, value]) => `${key.replaceAll('_', ' ')} ${String(value)}`);
      return `${`${name}:`.padEnd(15)} ${verdict.padEnd(8)} ${shown.join(', ')}`.trimEnd();
    },
  );
  const next = health.next === null ? [] : [`next: ${health.next}`];
  return `${[`${health.status}: ${health.reason}`, ...next, ...checks].join('\n')}\n`;
}
