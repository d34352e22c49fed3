import type { HealthReport } from '../report/health-report.ts';
import { renderSize } from './size.ts';
import { renderSpan } from './status-table.ts';

/** The health of a node as text: the verdict, its reason, the next action, and each check. */
export function renderHealthReport(health: HealthReport): string {
  const checks = Object.entries(health.checks).map(
    ([name, check]: [string, { readonly healthy: boolean | null }]) => {
      const { healthy, ...details } = check;
      const verdict = healthy === null ? 'unknown' : healthy ? 'ok' : 'failing';
      const shown = Object.entries(details)
        .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
        .map(([key, value]) => withUnit(key, value));
      return `${`${name}:`.padEnd(15)} ${verdict.padEnd(8)} ${shown.join(', ')}`.trimEnd();
    },
  );
  const next = health.next === null ? [] : [`next: ${health.next}`];
  return `${[`${health.status}: ${health.reason}`, ...next, ...checks].join('\n')}\n`;
}

/** A figure as people write it, by the unit that its name ends with: `free 70 GiB`, `block interval 12 s`. */
function withUnit(key: string, value: unknown): string {
  const [, name = key, unit] = /^(.*)_(bytes|seconds|ms)$/.exec(key) ?? [];
  const label = name.replaceAll('_', ' ');
  if (typeof value !== 'number') return `${label} ${String(value)}`;
  if (unit === 'bytes') return `${label} ${renderSize(value)}`;
  if (unit === 'seconds') return `${label} ${value < 60 ? `${value} s` : renderSpan(value * 1000)}`;
  return `${label} ${value}${unit === 'ms' ? ' ms' : ''}`;
}
