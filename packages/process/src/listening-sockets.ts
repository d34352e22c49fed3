import { platformFor } from './platform/platform-for.ts';
import type { Platform } from './platform/platform.ts';

/**
 * Paths of the Unix sockets that processes of this machine listen on, those of other users too. Sockets of another network namespace, as of a
 * container, are not among them; a path may have gone meanwhile. Empty where the system does not tell.
 *
 * @example const daemons = listeningSockets().filter((path) => path.endsWith('/run/control.sock'));
 */
export function listeningSockets(
  platform: Pick<Platform, 'listeningSockets'> = platformFor(process.platform),
): readonly string[] {
  return platform.listeningSockets();
}
