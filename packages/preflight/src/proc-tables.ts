import type { Port } from './port.ts';
import type { FileIdentity } from './ports.ts';

/**
 * The inodes of sockets that conflict with a port, from `/proc/net/{tcp,udp}{,6}` (proc(5)): for TCP those that listen
 * (state 0A), at the same address or where one of the two is every address.
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

/** The inodes of Unix sockets that listen on a path, from `/proc/net/unix` (proc(5)): its fourth field has `SO_ACCEPTCON`. */
export function listeningInodes(table: string, path: string): readonly string[] {
  return table.split('\n').flatMap((line) => {
    const [, flags, inode, bound] = /^\S+: \S+ \S+ (\S+) \S+ \S+ +(\d+) (.*)$/.exec(line) ?? [];
    return flags === '00010000' && bound === path ? (inode ?? []) : [];
  });
}

/** The process that locks a file, from `/proc/locks` (proc(5)): its device in hex, major:minor, and its inode. */
export function lockingPid(
  table: string,
  { dev, ino }: Pick<FileIdentity, 'dev' | 'ino'>,
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
