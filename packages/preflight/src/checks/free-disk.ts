import { formatSize } from '../format-size.ts';
import { nearestExisting } from '../nearest-existing.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/** Is there more free space than the limit at which geth stops itself (cmd/utils/cmd.go @ v1.17.5)? */
export function checkFreeDisk(
  directory: string,
  minimumBytes: number,
  ports: Pick<PreflightPorts, 'stat' | 'freeBytes'>,
): readonly Problem[] {
  const free = ports.freeBytes(nearestExisting(directory, ports));
  if (free >= minimumBytes * 2) return [];
  const severity = free < minimumBytes ? 'error' : 'warning';
  const message = `${formatSize(free)} free for ${directory}, and the node stops itself below ${formatSize(minimumBytes)}`;
  const remedy = 'make room before the start; --datadir.minfreedisk sets the limit, in MB';
  return [{ check: 'disk', severity, message, remedy }];
}
