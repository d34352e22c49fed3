import { launchdPlist } from './launchd-plist.ts';
import type { ServiceDescription } from './service-description.ts';
import { systemdUnit } from './systemd-unit.ts';

/**
 * The text of a unit for systemd 240 or later, or of a property list for launchd, of a program that keeps others running:
 * only the program is signalled, it stops the others itself, and they survive it.
 *
 * @throws RangeError for launchd and a character that XML cannot contain.
 *
 * @example
 * serviceFile('systemd', {
 *   description: 'keeps the queue running',
 *   label: 'com.example.queue',
 *   command: ['/usr/bin/queue', '--port', '80'],
 *   user: 'queue',
 *   stopTimeoutMs: 60_000,
 * });
 */
export function serviceFile(system: 'systemd' | 'launchd', service: ServiceDescription): string {
  return system === 'systemd' ? systemdUnit(service) : launchdPlist(service);
}
