import type { Port } from './port.ts';
import type { FileIdentity, PreflightPorts } from './ports.ts';
import { boundInodes, listeningInodes, lockingPid } from './proc-tables.ts';

/** A process that holds a port, a Unix socket or a lock. */
export interface Owner {
  /** Null where it is unknown, as for a process of another user. */
  readonly pid: number | null;
  readonly name: string;
}

/**
 * Finds the owner of a port, a listening Unix socket or a locked file; undefined where there is none. It only looks: binding a port as a test
 * could take it from a node that starts at the same moment.
 */
export interface OwnerSearch {
  ofPort(port: Port): Promise<Owner | undefined>;
  ofSocket(path: string): Promise<Owner | undefined>;
  ofLock(file: string, identity: FileIdentity): Promise<Owner | undefined>;
  /** Whether a process is the node of that pid, or one of its session, or descends from it. */
  belongsTo(pid: number, nodePid: number): Promise<boolean>;
  /** Whether all descriptors of that node's processes can be seen: what is held, and not by one of them, is somebody else's. */
  seesAllOf(nodePid: number): Promise<boolean>;
}

/** The search of a platform: the tables of /proc on Linux, lsof on macOS. */
export function ownerSearch(machine: PreflightPorts): OwnerSearch {
  return machine.platform === 'linux' ? linuxSearch(machine) : darwinSearch(machine);
}

/** Whether an owner is the node of that pid; null where that cannot be told, as for a node that runs as another user. */
export async function isNode(
  { pid }: Owner,
  nodePid: number,
  search: OwnerSearch,
): Promise<boolean | null> {
  if (pid !== null) return search.belongsTo(pid, nodePid);
  return (await search.seesAllOf(nodePid)) ? false : null;
}

/** The owner, where it is no process of the node that runs already. One that cannot be told may be that node's. */
export async function otherThan(
  owner: Owner | undefined,
  { search, ownPid }: { readonly search: OwnerSearch; readonly ownPid: number | null },
): Promise<Owner | undefined> {
  if (owner === undefined || ownPid === null) return owner;
  return (await isNode(owner, ownPid, search)) === false ? owner : undefined;
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
      return Promise.resolve(socketOwner(new Set(inodes), machine));
    },
    ofSocket(path) {
      const inodes = listeningInodes(readText('/proc/net/unix'), path);
      return Promise.resolve(socketOwner(new Set(inodes), machine));
    },
    ofLock: (_file, identity) => {
      const pid = lockingPid(readText('/proc/locks'), identity);
      const owner = pid === undefined ? undefined : { pid, name: commandOf(pid, machine) };
      return Promise.resolve(owner);
    },
    belongsTo: (pid, nodePid) => Promise.resolve(isRelated(pid, nodePid, familyOnLinux(machine))),
    seesAllOf(nodePid) {
      const family = familyOnLinux(machine);
      const own = processesOf(machine).filter((pid) => isRelated(Number(pid), nodePid, family));
      const all = own.every((pid) => machine.list(`/proc/${pid}/fd`).length > 0);
      return Promise.resolve(own.length > 0 && all);
    },
  };
}

const processesOf = ({ list }: Pick<LinuxMachine, 'list'>): readonly string[] =>
  list('/proc').filter((name) => /^\d+$/.test(name));

function socketOwner(inodes: ReadonlySet<string>, machine: LinuxMachine): Owner | undefined {
  const { list, readLink } = machine;
  if (inodes.size === 0) return undefined;
  const hasSocket = (folder: string) =>
    list(folder).some((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readLink(`${folder}/${name}`))?.[1];
      return inodes.has(inode ?? '');
    });
  const pid = processesOf(machine).find((candidate) => hasSocket(`/proc/${candidate}/fd`));
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
    ofSocket: (path) => lsof([path]),
    ofLock: (file) => lsof([file]),
    async belongsTo(pid, nodePid) {
      const table = await run('/bin/ps', ['-A', '-o', 'pid=,ppid=,pgid='], 3_000);
      return isRelated(pid, nodePid, familyOnDarwin(table));
    },
    // lsof shows no process of another user, and does not say that there is one.
    seesAllOf: () => Promise.resolve(false),
  };
}

/** The first process in the output of `lsof -F pc`: a line with `p` and its pid, and one with `c` and its name. */
function firstProcess(output: string): Owner | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.*)$/m.exec(output)?.[1] ?? '';
  return pid === undefined ? undefined : { pid: Number(pid), name };
}

/** The parent of a process, and the group that it runs in: its session on Linux, its process group on macOS. */
type FamilyOf = (pid: number) => { readonly parent: number; readonly group: number } | undefined;

/** Processes above each other, far more than there ever are: a table that changes meanwhile may show a circle. */
const mostAncestors = 64;

function isRelated(pid: number, nodePid: number, familyOf: FamilyOf): boolean {
  const own = familyOf(nodePid);
  let at = pid;
  for (let steps = 0; at > 1 && steps < mostAncestors; steps += 1) {
    if (at === nodePid) return true;
    const family = familyOf(at);
    if (family === undefined) return false;
    if (family.group === own?.group) return true;
    at = family.parent;
  }
  return false;
}

function familyOnLinux({ readText }: Pick<LinuxMachine, 'readText'>): FamilyOf {
  return (pid) => {
    // pid (name) state ppid pgrp session: the name may hold anything.
    const [, parent, , session] = (readText(`/proc/${pid}/stat`).split(') ').at(-1) ?? '').split(
      ' ',
    );
    if (parent === undefined || session === undefined) return undefined;
    return { parent: Number(parent), group: Number(session) };
  };
}

function familyOnDarwin(table: string): FamilyOf {
  const rows = new Map(
    table.split('\n').map((line) => {
      const [pid = 0, parent = 0, group = 0] = line.trim().split(/\s+/).map(Number);
      return [pid, { parent, group }];
    }),
  );
  return (pid) => rows.get(pid);
}
