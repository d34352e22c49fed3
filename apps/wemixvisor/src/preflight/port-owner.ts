import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { captureOutput } from '@wemixvisor/process';

/** A process that stands in the way; pid null where it may not be told, as of another user's. */
export interface Holder {
  readonly pid: number | null;
  readonly name: string;
}

/** A port as it is looked up. */
export interface Port {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/**
 * Who holds a port or a locked file; undefined where nobody does. It only looks: binding a port to try it could take it
 * from a node that starts at the same moment.
 */
export interface HolderSearch {
  ofPort(port: Port): Promise<Holder | undefined>;
  ofLock(file: string): Promise<Holder | undefined>;
}

/** The search of this platform. */
export function holderSearch(platform: 'linux' | 'darwin'): HolderSearch {
  return platform === 'linux' ? linux : darwin;
}

const linux: HolderSearch = {
  ofPort: (wanted) => {
    const files = [`/proc/net/${wanted.protocol}`, `/proc/net/${wanted.protocol}6`];
    const inodes = files.flatMap((file) => boundInodes(readText(file), wanted));
    return Promise.resolve(inodes.length === 0 ? undefined : processWithSocket(new Set(inodes)));
  },
  ofLock: (file) => {
    const pid = lockingPid(readText('/proc/locks'), statSync(file));
    return Promise.resolve(pid === undefined ? undefined : { pid, name: nameOf(pid) });
  },
};

const darwin: HolderSearch = {
  ofPort: ({ port, protocol }) =>
    lsof(protocol === 'tcp' ? [`-iTCP:${port}`, '-sTCP:LISTEN'] : [`-iUDP:${port}`]),
  ofLock: (file) => lsof([file]),
};

/**
 * The inodes of sockets that stand in the way of a port, from `/proc/net/{tcp,udp}{,6}` (proc(5)): for TCP those that
 * listen (state 0A), at the same address or where one of the two is every address.
 */
export function boundInodes(table: string, { host, port, protocol }: Port): readonly string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = table.split('\n').slice(1);
  return lines.flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [address = '', boundPort] = (fields[1] ?? '').split(':');
    const counts = boundPort === hexPort && (protocol === 'udp' || fields[3] === '0A');
    return counts && overlaps(host, address) ? (fields[9] ?? []) : [];
  });
}

function overlaps(host: string, bound: string): boolean {
  if (/^0+$/.test(bound) || ['', '0.0.0.0', '::'].includes(host)) return true;
  const named = host === 'localhost' ? '127.0.0.1' : host;
  const bytes = named.split('.').map(Number);
  // The kernel prints an IPv4 address as one little-endian number, also at the end of a mapped IPv6 one.
  const hex = Buffer.from(bytes.toReversed()).toString('hex').toUpperCase();
  return bytes.length === 4 ? bound.endsWith(hex) : true;
}

/** The process that has a lock on a file, from `/proc/locks` (proc(5)): its device in hex, major:minor, and its inode. */
export function lockingPid(
  table: string,
  { dev, ino }: { readonly dev: number; readonly ino: number },
): number | undefined {
  // Linux: 12 bits of major and the low 8 bits of minor at the bottom, the rest of minor above (makedev(3)).
  const major = (dev >> 8) & 0xfff;
  const minor = (dev & 0xff) | ((dev >> 12) & 0xfff00);
  const hex = (number: number) => number.toString(16).padStart(2, '0');
  const wanted = ` ${hex(major)}:${hex(minor)}:${ino} `;
  const line = table.split('\n').find((candidate) => candidate.includes(wanted));
  const pid = Number(line?.trim().split(/\s+/)[4]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

/** The first process in the output of `lsof -F pc`: `p` and its pid, `c` and its name, a line each. */
export function firstProcess(output: string): Holder | undefined {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.*)$/m.exec(output)?.[1] ?? '';
  return pid === undefined ? undefined : { pid: Number(pid), name };
}

async function lsof(what: readonly string[]): Promise<Holder | undefined> {
  try {
    const args = ['-nP', '-F', 'pc', ...what];
    const { stdout } = await captureOutput('/usr/sbin/lsof', args, { timeoutMs: 3_000 });
    return firstProcess(stdout);
  } catch {
    return undefined;
  }
}

function processWithSocket(inodes: ReadonlySet<string>): Holder {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const pid = pids.find((candidate) => hasSocket(`/proc/${candidate}/fd`, inodes));
  if (pid === undefined) return { pid: null, name: 'another process' };
  return { pid: Number(pid), name: nameOf(Number(pid)) };
}

function hasSocket(folder: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(folder).some((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${name}`))?.[1];
      return inode !== undefined && inodes.has(inode);
    });
  } catch {
    return false; // another user's, or gone
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function nameOf(pid: number): string {
  return readText(`/proc/${pid}/comm`).trim();
}
