import { formatSize } from '../format-size.ts';
import { nearestExisting } from '../nearest-existing.ts';
import type { PreflightLaunch } from '../launch.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/**
 * Is there more free space than the limit at which geth stops itself (cmd/utils/cmd.go @ v1.17.5), and for what it adds to its data? Where
 * neither is known nothing is asked.
 */
export function checkFreeDisk(
  directory: string,
  {
    minimumFreeDiskBytes,
    growthBytes = 0,
  }: Pick<PreflightLaunch, 'minimumFreeDiskBytes' | 'growthBytes'>,
  ports: Pick<PreflightPorts, 'stat' | 'freeBytes'>,
): readonly Problem[] {
  const minimum = minimumFreeDiskBytes ?? 0;
  if (minimum + growthBytes === 0) return [];
  const free = ports.freeBytes(nearestExisting(directory, ports));
  const found = `${formatSize(free)} free for ${directory}`;
  if (free < minimum + growthBytes && growthBytes > 0) {
    const message = `${found}, and this release adds about ${formatSize(growthBytes)} to the data soon after its start`;
    const remedy = 'make room before the start';
    return [{ check: 'disk', severity: 'error', message, remedy }];
  }
  if (free >= minimum * 2) return [];
  const severity = free < minimum ? 'error' : 'warning';
  const message = `${found}, and the node stops itself below ${formatSize(minimum)}`;
  const remedy = 'make room before the start; --datadir.minfreedisk sets the limit, in MB';
  return [{ check: 'disk', severity, message, remedy }];
}
