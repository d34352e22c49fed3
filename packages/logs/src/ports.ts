import {
  closeSync,
  fstatSync,
  ftruncateSync,
  linkSync,
  openSync,
  readSync,
  renameSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { systemClock, type Clock } from './clock.ts';
import type { LogFiles } from './layout.ts';
import { collapseHead, endCollapses, findCollapseUnit } from './store/rotate/collapse-head.ts';
import { systemWriters } from './store/rotate/group-state/system-writers.ts';
import type { WriterStates } from './store/rotate/group-state/writer-states.ts';
import { startResumeGuard, type StartGuard } from './store/rotate/resume-guard.ts';
import type { EventWords } from './store/event-words.ts';
import type { StoreEvent } from './store/store-event.ts';

/** The file calls of a rotation, so that a test can fail or die at each of them. */
export interface RotationCalls {
  readonly copyFile: typeof copyFile;
  readonly open: typeof open;
  readonly openSync: typeof openSync;
  readonly closeSync: typeof closeSync;
  readonly fstatSync: typeof fstatSync;
  readonly readSync: TransferSync;
  readonly writeSync: TransferSync;
  readonly ftruncateSync: typeof ftruncateSync;
  readonly renameSync: typeof renameSync;
  readonly unlinkSync: typeof unlinkSync;
  readonly linkSync: typeof linkSync;
  /** Cuts bytes from the beginning of a file. */
  readonly collapseSync: (descriptor: number, bytes: number) => void;
  /** Ends what cuts a file for a store that died. */
  readonly endCollapsesSync: (path: string) => void;
}

type TransferSync = (
  descriptor: number,
  bytes: Buffer,
  offset: number,
  length: number,
  position: number,
) => number;

/** The effects of a log store, replaceable in tests. */
export interface LogStorePorts {
  readonly clock: Clock;
  /** Receives what happens, at once and in order, and how to tell it to people. */
  readonly onEvent: (event: StoreEvent, words: EventWords) => void;
  /** Who has the live file open for writing, and whether all of them stand still. */
  readonly writerStates: WriterStates;
  /** The unit in which the head of the live file can be cut out of it, in bytes; null where its file system cannot do that. */
  readonly collapseUnit: (files: LogFiles) => number | null;
  /** Starts the process that resumes the group should we die during a pause. */
  readonly startGuard: StartGuard;
  /** Bytes that an ordinary user can still write in the file system of a folder. */
  readonly freeBytes: (directory: string) => number;
  readonly files: RotationCalls;
}

/** What a store does its work with; whom it tells of it is another matter. */
export type StoreEffects = Omit<LogStorePorts, 'onEvent'>;

/** The real clock, processes and files; events go nowhere. */
export const systemStorePorts: LogStorePorts = {
  clock: systemClock,
  onEvent: () => undefined,
  writerStates: systemWriters(),
  collapseUnit: findCollapseUnit,
  startGuard: startResumeGuard,
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
    linkSync,
    collapseSync: collapseHead,
    endCollapsesSync: endCollapses,
  },
};
