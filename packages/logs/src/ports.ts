import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { watchGroupOnDarwin } from './store/group-state/darwin.ts';
import { watchGroupOnLinux } from './store/group-state/linux.ts';

/** The file calls a rotation makes, so that a test can fail or die at each of them. */
export interface RotationCalls {
  readonly copyFile: typeof copyFile;
  readonly open: typeof open;
  readonly openSync: typeof openSync;
  readonly closeSync: typeof closeSync;
  readonly fstatSync: typeof fstatSync;
  readonly readSync: (
    fd: number,
    target: Buffer,
    offset: number,
    length: number,
    position: number,
  ) => number;
  readonly writeSync: (
    fd: number,
    source: Buffer,
    offset: number,
    length: number,
    position: number,
  ) => number;
  readonly ftruncateSync: typeof ftruncateSync;
  readonly renameSync: typeof renameSync;
  readonly unlinkSync: typeof unlinkSync;
}

/** What the store needs of the world. */
export interface StorePorts {
  now(): Date;
  /** Gets ready, before a group is paused, to tell whether every process of it has really stopped. */
  watchGroup(groupId: number): () => boolean;
  /** Bytes that an ordinary user can still write in a folder's file system. */
  freeBytes(directory: string): number;
  readonly files: RotationCalls;
}

/** The real clock, processes and files. */
export const systemPorts: StorePorts = {
  now: () => new Date(),
  watchGroup: process.platform === 'darwin' ? watchGroupOnDarwin : watchGroupOnLinux,
  freeBytes: (directory) => {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  },
  files: {
    copyFile,
    open,
    openSync,
    closeSync,
    fstatSync,
    readSync,
    writeSync,
    ftruncateSync,
    renameSync,
    unlinkSync,
  },
};
