import { checkDataDirectory } from './checks/data-directory.ts';
import { checkDataLock } from './checks/data-lock.ts';
import { checkDatabase } from './checks/database.ts';
import { checkFileDescriptors } from './checks/file-descriptors.ts';
import { checkFiles } from './checks/files.ts';
import { checkFreeDisk } from './checks/free-disk.ts';
import { checkIpcPath } from './checks/ipc-path.ts';
import { checkListeningPorts } from './checks/listening-ports.ts';
import type { PreflightLaunch } from './launch.ts';
import { ownerSearch } from './owner-search.ts';
import { withDefaultPorts, type PreflightPorts } from './ports.ts';
import type { Problem } from './problem.ts';

/** Below this geth's database runs short: it asks for all that the hard limit allows and takes half of it. */
const descriptorsWanted = 4_096;

/**
 * Looks for what would stop a node from starting on this machine. Nothing is changed, and no port is bound.
 *
 * @throws Error of the system where a file system does not tell its free space.
 * @example
 * const problems = await checkLaunch({ dataDirectory: '/srv/geth', minimumFreeDiskBytes: 512 * 1024 ** 2 });
 * for (const { severity, message, remedy } of problems) console.log(severity, message, remedy);
 */
export async function checkLaunch(
  launch: PreflightLaunch,
  ports: Partial<PreflightPorts> = {},
): Promise<readonly Problem[]> {
  const machine = withDefaultPorts(ports);
  const { dataDirectory = null, instanceDirectory = null, ipcPath = null, ownPid = null } = launch;
  const { minimumFileDescriptors = descriptorsWanted } = launch;
  const search = ownerSearch(machine);
  const [locked, taken, replaced, limited] = await Promise.all([
    instanceDirectory === null ? [] : checkDataLock(instanceDirectory, { search, ownPid }, machine),
    checkListeningPorts(launch.ports ?? [], { search, ownPid }),
    ipcPath === null ? [] : checkIpcPath(ipcPath, { search, ownPid }),
    checkFileDescriptors(minimumFileDescriptors, machine, ownPid),
  ]);
  return [
    ...(dataDirectory === null ? [] : checkDataDirectory(dataDirectory, machine)),
    ...locked,
    ...(instanceDirectory === null ? [] : checkDatabase(instanceDirectory, launch, machine)),
    ...taken,
    ...replaced,
    ...checkFiles(launch.files ?? [], dataDirectory, machine),
    ...(dataDirectory === null ? [] : checkFreeDisk(dataDirectory, launch, machine)),
    ...limited,
  ];
}
