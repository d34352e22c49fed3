import { formatDuration } from '../format-duration.ts';
import type { Problem } from '../problem.ts';

/** Later than this an operator need not act yet, and nobody knows what will be. */
const soonMs = 7 * 86_400_000;

/** Is the disk full soon, at the rate of the last hours? */
export function checkDiskForecast(fullInMs: number): readonly Problem[] {
  if (fullInMs > soonMs) return [];
  const message = `at the rate of the last hours the disk of the node's data is full in ${formatDuration(fullInMs)}`;
  return [{ check: 'disk', severity: 'warning', message, remedy: 'make room, or prune the node' }];
}
