import { crc32, inflateRawSync } from 'node:zlib';

/*
 * A segment is compressed in blocks of equal length, each a gzip member of its own, so that any place can be read by unpacking one block;
 * gzip programs read the members as one file (RFC 1952, 2.2). A last, empty member carries the table of the blocks in its extra field:
 *
 *   total bytes (float64) · block bytes (uint32) · packed bytes of each member (uint32 …) · length of these (uint32) · "wvgz"
 */

const headBytes = 10;
const magic = Buffer.from('wvgz');
/** What follows the table: an empty deflate block, its checksum and its length. */
const emptyTail = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
/** An extra field holds 64 KiB at most (RFC 1952, 2.3.1.1). */
const maxBlocks = 16_000;
const smallestBlock = 1024 * 1024;
/** The closing member alone, of an empty file. */
const smallestFile = 46;

/** Where the blocks of a compressed segment lie. */
export interface BlockTable {
  readonly totalBytes: number;
  readonly blockBytes: number;
  /** Where each member begins, and where the last one ends. */
  readonly offsets: readonly number[];
}

/** The block length for a segment: 1 MiB, more only where the table would not fit. */
export function blockBytesFor(totalBytes: number): number {
  return smallestBlock * Math.max(1, Math.ceil(totalBytes / smallestBlock / maxBlocks));
}

/** Wraps packed bytes as a gzip member. */
export function memberOf(plain: Buffer, packed: Buffer): Buffer {
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(crc32(plain), 0);
  tail.writeUInt32LE(plain.length, 4);
  return Buffer.concat([gzipHead(0), packed, tail]);
}

/** The closing member with the table of the members before it. */
export function tableMember(
  totalBytes: number,
  blockBytes: number,
  sizes: readonly number[],
): Buffer {
  const table = Buffer.alloc(20 + 4 * sizes.length);
  table.writeDoubleLE(totalBytes, 0);
  table.writeUInt32LE(blockBytes, 8);
  sizes.forEach((size, index) => table.writeUInt32LE(size, 12 + 4 * index));
  table.writeUInt32LE(table.length, table.length - 8);
  magic.copy(table, table.length - 4);
  const extra = Buffer.alloc(6);
  extra.writeUInt16LE(table.length + 4, 0);
  extra.write('WV', 2, 'latin1');
  extra.writeUInt16LE(table.length, 4);
  return Buffer.concat([gzipHead(4), extra, table, emptyTail]);
}

/** Reads the table at the end of a file; null when another program compressed it. */
export function readBlockTable(
  fileBytes: number,
  read: (position: number, length: number) => Buffer,
): BlockTable | null {
  const end = fileBytes - emptyTail.length;
  if (fileBytes < smallestFile) return null;
  const mark = read(end - 8, 8);
  const length = mark.readUInt32LE(0);
  if (!mark.subarray(4).equals(magic) || length < 20 || length > end || length % 4 !== 0)
    return null;
  const table = read(end - length, length);
  const offsets = [0];
  for (let at = 12; at < length - 8; at += 4) {
    offsets.push((offsets.at(-1) ?? 0) + table.readUInt32LE(at));
  }
  return { totalBytes: table.readDoubleLE(0), blockBytes: table.readUInt32LE(8), offsets };
}

/** Unpacks one member. */
export function unpackMember(member: Buffer, plainBytes: number): Buffer {
  return inflateRawSync(member.subarray(headBytes, -8), { chunkSize: Math.max(64, plainBytes) });
}

function gzipHead(flags: number): Buffer {
  return Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 0xff]);
}
