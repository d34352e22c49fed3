import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readBlockTable, unpackMember } from '../../gzip/blocked-gzip.ts';

/** Bytes of one part of the log, readable at any place. */
export interface Source {
  /** Bytes there are, unpacked. */
  readonly size: number;
  /** Fills the target from a position on; gives the number of bytes read, 0 at the end. */
  read(target: Buffer, position: number): number;
  close(): void;
}

/** Fills the target from a position on with as many reads as it takes; fewer bytes only where the source ends. */
export function readAll(source: Source, target: Buffer, position: number): number {
  let filled = 0;
  while (filled < target.length) {
    const read = source.read(filled === 0 ? target : target.subarray(filled), position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

/** A plain file; its size is that of the moment it is opened. */
export function openFileSource(path: string): Source {
  return fileSource(openSync(path, 'r'));
}

/** The file behind a descriptor, which the source then owns. */
export function fileSource(descriptor: number): Source {
  return {
    size: fstatSync(descriptor).size,
    read: (target, position) => readSync(descriptor, target, 0, target.length, position),
    close: () => closeSync(descriptor),
  };
}

/** The block unpacked last; one for all compressed parts, as a reader is in one of them at a time. */
export interface BlockCache {
  owner: Source | null;
  block: number;
  bytes: Buffer;
}

/** A segment that we compressed, any place of it at the cost of one block; null when another program compressed it. */
export function openGzipSource(path: string, cache: BlockCache): Source | null {
  const descriptor = openSync(path, 'r');
  const read = (position: number, length: number): Buffer => {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, position));
  };
  const table = readBlockTable(fstatSync(descriptor).size, read);
  if (table === null) {
    closeSync(descriptor);
    return null;
  }
  const { blockBytes, totalBytes, offsets } = table;
  const source: Source = {
    size: totalBytes,
    read(target, position) {
      if (position >= totalBytes) return 0;
      const block = Math.floor(position / blockBytes);
      if (cache.owner !== source || cache.block !== block) {
        const start = offsets[block] ?? 0;
        const member = read(start, (offsets[block + 1] ?? start) - start);
        cache.bytes = unpackMember(member, Math.min(blockBytes, totalBytes - block * blockBytes));
        cache.owner = source;
        cache.block = block;
      }
      return cache.bytes.copy(target, 0, position - block * blockBytes);
    },
    close: () => closeSync(descriptor),
  };
  return source;
}
