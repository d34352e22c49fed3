import { describe, expect, it } from 'vitest';
import { boundInodes, lockingPid } from './proc-tables.ts';

/** A line of /proc/net/tcp, as Linux 6 prints it. */
const line = (address: string, state: string, inode: number) =>
  `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0`;
const table = (...lines: readonly string[]) => ['  sl  local_address …', ...lines, ''].join('\n');

const loopback = '0100007F:2161'; // 127.0.0.1:8545
const every = '00000000:2161';
const everyV6 = '00000000000000000000000000000000:2161';
const mapped = '0000000000000000FFFF00000100007F:2161'; // ::ffff:127.0.0.1
const other = '0201A8C0:2161'; // 192.168.1.2
const port = { host: '127.0.0.1', port: 8545, protocol: 'tcp' } as const;

describe('boundInodes', () => {
  it.each([
    ['the same address', loopback],
    ['every address', every],
    ['every IPv6 address', everyV6],
    ['the same address mapped into IPv6', mapped],
  ])('finds a listener on %s', (_, address) => {
    expect(boundInodes(table(line(address, '0A', 77)), port)).toEqual(['77']);
  });

  it.each([
    ['another address', line(other, '0A', 77)],
    ['another port', line('0100007F:2162', '0A', 77)],
    ['a connection from that port', line(loopback, '01', 77)],
    ['an empty line', ''],
    ['garbage', 'garbage'],
  ])('passes over %s', (_, entry) => {
    expect(boundInodes(table(entry), port)).toEqual([]);
  });

  it.each(['', '0.0.0.0', '::', '::1'])('finds any listener in the way of host %j', (host) => {
    expect(boundInodes(table(line(other, '0A', 77)), { ...port, host })).toEqual(['77']);
  });

  it('knows localhost, and that UDP does not listen', () => {
    const udp = { host: 'localhost', port: 8545, protocol: 'udp' } as const;
    expect(boundInodes(table(line(loopback, '07', 78)), udp)).toEqual(['78']);
    expect(boundInodes(table(line(other, '07', 78)), udp)).toEqual([]);
  });
});

describe('lockingPid', () => {
  const locks = [
    '1: POSIX  ADVISORY  WRITE 4711 fd:01:1048577 0 EOF',
    '2: OFDLCK ADVISORY  WRITE -1 fd:01:99 0 EOF',
    '',
  ].join('\n');

  const dev = (0xfd << 8) | 1;

  it.each([
    [1048577, 4711],
    [99, undefined],
    [48577, undefined],
    [1, undefined],
  ])('of inode %i is %s', (ino, pid) => {
    expect(lockingPid(locks, { dev, ino })).toBe(pid);
  });

  it('is not taken from a file of the same number on another file system', () => {
    expect(lockingPid(locks, { dev: dev + 1, ino: 1048577 })).toBeUndefined();
  });
});
