import type { Fork } from './fork.ts';

/** The state of a chain as EIP-2124 tells it: the checksum of what has passed, and what is next (0: nothing is known). */
export interface ForkId {
  /** Eight hex digits. */
  readonly hash: string;
  readonly next: number;
}

/** CRC-32 (IEEE 802.3), the checksum of EIP-2124. */
const polynomial = 0xed_b8_83_20;
const table: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
  }
  return value >>> 0;
});
/** The index of a table entry by its highest byte, which no two entries share. */
const byHighByte: ReadonlyMap<number, number> = new Map(
  table.map((value, index) => [value >>> 24, index]),
);

const entry = (index: number): number => table[index & 0xff] ?? 0;

function update(crc: number, bytes: Iterable<number>): number {
  let value = ~crc >>> 0;
  for (const byte of bytes) value = (entry(value ^ byte) ^ (value >>> 8)) >>> 0;
  return ~value >>> 0;
}

const hex = (crc: number): string => (crc >>> 0).toString(16).padStart(8, '0');
const number = (hash: string): number => Number.parseInt(hash, 16);

function bytesOfHex(text: string): number[] {
  return (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

/** Eight bytes, the highest first. */
function bytesOfNumber(value: number): number[] {
  return bytesOfHex(BigInt(value).toString(16).padStart(16, '0'));
}

/** The checksum after one more fork. `at` is its height or its time. */
export function nextHash(hash: string, at: number): string {
  return hex(update(number(hash), bytesOfNumber(at)));
}

/**
 * The checksums of a chain: the first is that of its genesis block, and each fork adds one. `forks` are in order
 * ({@link inOrder}); `genesisHash` has 64 hex digits, with or without `0x`.
 */
export function forkHashes(genesisHash: string, forks: readonly Fork[]): readonly string[] {
  const hashes = [hex(update(0, bytesOfHex(genesisHash.replace(/^0x/i, ''))))];
  for (const { value } of forks) hashes.push(nextHash(hashes.at(-1) ?? '', value));
  return hashes;
}

/**
 * The moment of the one fork that leads from one checksum to another. A CRC can be run backwards: of all numbers below 2³² exactly one
 * fits, so a checksum of another chain gives a number that means nothing. Whoever asks has to see whether the moment is plausible.
 */
export function forkBetween(before: string, after: string): number {
  // Forwards over the four high bytes, which are 0 until the year 2106.
  const start = ~update(number(before), [0, 0, 0, 0]) >>> 0;
  let value = ~number(after) >>> 0;
  const indexes: number[] = [];
  for (let step = 0; step < 4; step += 1) {
    const index = byHighByte.get(value >>> 24) ?? 0;
    indexes.unshift(index);
    value = ((value ^ entry(index)) << 8) >>> 0;
  }
  let crc = start;
  let at = 0;
  for (const index of indexes) {
    at = at * 256 + ((crc ^ index) & 0xff);
    crc = (entry(index) ^ (crc >>> 8)) >>> 0;
  }
  return at;
}
