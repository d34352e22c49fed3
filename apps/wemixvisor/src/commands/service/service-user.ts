import { existsSync } from 'node:fs';
import { didYouMean } from '@wemixvisor/config-file';
import { quoteCommand } from '@wemixvisor/passthrough';
import type { findServiceUser } from '@wemixvisor/service-files';

/** A user of this machine. */
export type ServiceUser = NonNullable<ReturnType<typeof findServiceUser>['user']>;

/** That a user is missing, with the nearest name and how to make it. */
export function missingUser(
  name: string,
  known: readonly string[],
  platform: 'linux' | 'darwin',
): string {
  const near = didYouMean(name, known);
  const make = quoteCommand([
    ...['sudo', 'useradd', '--system', '--user-group', '--create-home'],
    ...['--home-dir', `/var/lib/${name}`, '--shell', '/usr/sbin/nologin', name],
  ]);
  const how = platform === 'linux' ? ` (to make it: ${make})` : '';
  return `there is no user ${JSON.stringify(name)} here${near}${how}`;
}

/** What a service's user has to be able to do. */
export interface UserNeeds {
  /** Programs to run. */
  readonly programs: readonly string[];
  /** Files to read. */
  readonly files: readonly string[];
  /** The folder to run in. */
  readonly cwd: string | null;
  /** Folders to write to. */
  readonly writable: readonly string[];
}

/** What a user may not do though its service has to, a line each; folders that are missing are none of them. */
export function userObstacles(user: ServiceUser, needs: UserNeeds): readonly string[] {
  const denied = (right: 'r' | 'w' | 'x', paths: readonly string[], words: string) =>
    paths
      .filter((path) => existsSync(path) && user.may(right, path) === false)
      .map((path) => `the user ${user.name} may not ${words} ${path}`);
  const { programs, files, cwd, writable } = needs;
  return [
    ...denied('x', programs, 'run'),
    ...denied('r', files, 'read'),
    ...denied('x', cwd === null ? [] : [cwd], 'enter'),
    ...denied('w', writable, 'write to'),
  ];
}
