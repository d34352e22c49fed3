import type { Port } from './port.ts';
import type { FileIdentity, PreflightPorts } from './ports.ts';
import { boundInodes, lockingPid } from './proc-tables.ts';

/** A process that holds a port or a lock. */
export interface Owner {
  /** Null where it is unknown, as for a process of another user. */
  readonly pid: number | null;
  readonly name: string;
}

/**
 * Finds the owner of a port or a locked file; undefined where there is none. It only looks: binding a port as a test
 * could take it from a node that starts at the same moment.
 */
export interface OwnerSearch {
  ofPort(port: Port): Promise<Owner | undefined>;
  ofLock(file: string, identity: FileIdentity): Promise<Owner | undefined>;
}

/** The search of a platform: the tables of /proc on Linux, lsof on macOS. */
export function ownerSearch(machine: PreflightPorts): OwnerSearch {
  return machine.platform === 'linux' ? linuxSearch(machine) : darwinSearch(machine);
}

/** Whether an owner is a process other than `ownPid`. */
export function isOther(owner: Owner | undefined, ownPid: number | null): owner is Owner {
  return owner !== undefined && (owner.pid === null || owner.pid !== ownPid);
}

/** The name of an owner, with its pid where that is known. */
export function nameOf({ pid, name }: Owner): string {
  return pid === null ? name : `${name} (pid ${pid})`;
}

type LinuxMachine = Pick<PreflightPorts, 'readText' | 'list' | 'readLink'>;

function linuxSearch(machine: LinuxMachine): OwnerSearch {
  const { readText } = machine;
  return {
    ofPort: (wanted) => {
      const files = [`/proc/net/${wanted.protocol}`, `/proc/net/${wanted.protocol}6`];
      const inodes = files.flatMap((file) => boundInodes(readText(file), wanted));
      const owner = inodes.length === 0 ? undefined : socketOwner(new Set(inodes), machine);
      return Promise.resolve(owner);
    },
    ofLock: (_file, identity) => {
      const pid = lockingPid(readText('/proc/locks'), identity);
      const owner = pid === undefined ? undefined : { pid, name: commandOf(pid, machine) };
      return Promise.resolve(owner);
    },
  };
}

function socketOwner(inodes: ReadonlySet<string>, machine: LinuxMachine): Owner {
  const { list, readLink } = machine;
  const hasSocket = (folder: string) =>
    list(folder).some((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readLink(`${folder}/${name}`))?.[1];
      return inodes.has(inode ?? '');
    });
  const pid = list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((candidate) => hasSocket(`/proc/${candidate}/fd`));
  if (pid === undefined) return { pid: null, name: 'another process' };
  return { pid: Number(pid), name: commandOf(Number(pid), machine) };
}

function commandOf(pid: number, { readText }: Pick<LinuxMachine, 'readText'>): string {
  return readText(`/proc/${pid}/comm`).trim();
}

function darwinSearch({ run }: Pick<PreflightPorts, 'run'>): OwnerSearch {
  const lsof = async (what: readonly string[]) =>
    firstProcess(await run('/usr/sbin/lsof', ['-nP', '-F', 'pc', ...what], 3_000));
  return {
    ofPort: ({ port, protocol }) =>
      lsof(protocol === 'tcp' ? [`-iTCP:${port}`, '-sTCP:LISTEN'] : [`-iUDP:${port}`]),
    ofLock: (file) => lsof([file]),
  };
}

/** The first process in the output of `lsof -F pc`: a line with `p` and its pid, and one with `c` and its name. */
function firstProcess(output: string): Owner | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.*)$/m.exec(output)?.[1] ?? '';
  return pid === undefined ? undefined : { pid: Number(pid), name };
}
