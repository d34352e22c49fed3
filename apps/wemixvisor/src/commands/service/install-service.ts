import { systemdUnits } from '@wemixvisor/service-files';
import { isDeepStrictEqual } from 'node:util';
import { redactSecrets } from '@wemixvisor/passthrough';
import { AppError, messageOf, usageError } from '../../app-error.ts';
import { SupervisorUnreachable } from '../../control/client.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { openControlClient } from '../../control/open-control-client.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import { readLaunchFile } from '../../state/launch-file.ts';
import { launchDifferences } from '../../supervisor/launch-differences.ts';
import type { ServicePlan } from './service-plan.ts';

type Units = ReturnType<typeof systemdUnits>;

/** What is installed. */
export interface InstalledService extends ServicePlan {
  /** The name of the unit. */
  readonly name: string;
  readonly text: string;
  readonly paths: HomePaths;
  /** Who the service runs as. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  readonly say: (line: string) => void;
}

/**
 * Installs the service of a home and starts it. A node that runs already goes on: its supervisor gives it up, and the service adopts it.
 *
 * @throws AppError where another unit has the name, the running node is not the one of the service, or systemd says no.
 */
export async function installService(
  service: InstalledService,
  units: Units = systemdUnits(),
): Promise<void> {
  const { name, text, facts, paths, launch, user, say } = service;
  requireSystemd(units);
  const { status } = await inspectHome(paths, Date.now());
  const pid = status?.pid ?? null;
  if (pid !== null && launch !== null) refuseOtherNode(service, pid);
  const { command, writable } = facts;
  const folders = [paths.home, ...(writable ?? [])];
  const secret = !isDeepStrictEqual(redactSecrets(command), command);
  const { outcome } = attempt(() => units.install({ name, text, secret, folders, owner: user }));
  const file = units.file(name);
  if (outcome === 'foreign') throw usageError(`${file} ${foreign(name)}`);
  if (outcome === 'other') {
    throw usageError(`${file} is for another home: give this one a name of its own, --name NAME`);
  }
  say(`${outcome === 'unchanged' ? 'as it was' : outcome}: ${file}, started with the machine`);
  if (units.isActive(name)) {
    if (outcome === 'updated') say(takesEffect(service));
    say(`the service says: ${units.status(name)}`);
    return;
  }
  if ((status?.supervisor_pid ?? null) !== null) await detach(paths);
  attempt(() => units.start(name), `; journalctl -u ${name} -n 20 tells why`);
  say(pid === null ? `the service says: ${units.status(name)}` : adopted(pid, units.status(name)));
}

/** Stops the service, with its node, and removes its unit. */
export function uninstallService(
  name: string,
  say: (line: string) => void,
  units: Units = systemdUnits(),
): number {
  requireSystemd(units);
  const file = units.file(name);
  if (units.isActive(name)) say('the node is being stopped, which takes as long as it needs');
  const result = attempt(() => units.remove(name));
  if (result === 'foreign') throw usageError(`${file} ${foreign(name)}`);
  say(
    result === 'missing'
      ? `there is no ${file}`
      : `removed: ${file}; the home and the node's data are left`,
  );
  return exitCodes.ok;
}

function requireSystemd({ isHere }: Units): void {
  if (isHere) return;
  throw new AppError(
    'systemd does not run this machine: without --install the unit is printed, for one that it runs',
  );
}

const foreign = (name: string) =>
  `was not written by this command, or was edited since: put changes into a drop-in (systemctl edit ${name}) and move the file away, or choose --name NAME`;

const adopted = (pid: number, status: string) =>
  `the node (pid ${pid}) was adopted as it is; limits and sandbox of the unit are in force from its next start on (wemixvisor restart); the service says: ${status}`;

const takesEffect = ({ name, paths: { home } }: InstalledService) =>
  `the supervisor takes the unit with: wemixvisor detach --home ${home} && systemctl start ${name}; the node goes on, and takes it with its next start`;

/** The service would find another node than its own, and end. */
function refuseOtherNode({ paths, launch }: InstalledService, pid: number): void {
  const running = readLaunchFile(paths.launch)?.launch;
  if (running === undefined || launch === null) return;
  const differences = launchDifferences(running, { ...running, ...launch });
  if (differences.length === 0) return;
  throw usageError(
    `a node runs (pid ${pid}), but ${differences.join('; ')}: restart it so first (wemixvisor restart -- OPTIONS), or install it as it is (without --, or with --last-start)`,
  );
}

async function detach(paths: HomePaths): Promise<void> {
  try {
    await openControlClient(paths).detach();
  } catch (error) {
    // It may have ended by itself.
    if (!(error instanceof SupervisorUnreachable)) throw error;
  }
}

function attempt<T>(work: () => T, advice = ''): T {
  try {
    return work();
  } catch (error) {
    throw new AppError(`${messageOf(error)}${advice}`, { cause: error });
  }
}
