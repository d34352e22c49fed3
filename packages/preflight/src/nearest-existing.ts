import { dirname } from 'node:path';
import type { PreflightPorts } from './ports.ts';

/** The path itself, or the nearest folder above it that exists. */
export function nearestExisting(path: string, { stat }: Pick<PreflightPorts, 'stat'>): string {
  const parent = dirname(path);
  return stat(path) !== null || parent === path ? path : nearestExisting(parent, { stat });
}
