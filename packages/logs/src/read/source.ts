import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of one part of the log, readable at any place. */
export interface Source {
  /** Bytes there are, unpacked. */
  readonly size: number;
  /** Fills the target from a position on; gives the number of bytes read, 0 at the end. */
  read(target: Buffer, position: number): number;
  close(): void;
}

/** A plain file; its size is that of the moment it is opened. */
export function openFileSource(path: string): Source {
  const descriptor = openSync(path, 'r');
  return {
    size: fstatSync(descriptor).size,
    read: (target, position) => readSync(descriptor, target, 0, target.length, position),
    close: () => closeSync(descriptor),
  };
}
