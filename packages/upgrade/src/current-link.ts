import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Lets the link `current` of a folder of staged programs lead to one: whoever looks finds the old one or the new one.
 *
 * @example
 * pointCurrent('/srv/node/binaries', '/srv/node/binaries/1.17.5-3f2a/geth');
 */
export function pointCurrent(folder: string, program: string): void {
  const next = join(folder, '.current-next');
  rmSync(next, { force: true });
  symlinkSync(relative(folder, program), next);
  renameSync(next, join(folder, 'current'));
}
