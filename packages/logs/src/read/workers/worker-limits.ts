import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerCode } from './worker-code.ts';

/** When worker threads take part in a reading. */
export interface WorkerLimits {
  /** Threads that work, with the one that asks for it: so many less one are started. */
  readonly most: number;
  /** Milliseconds of the processor that one thread works first. */
  readonly afterMs: number;
  /** Bytes that have to be left. */
  readonly restBytes: number;
  /** Where one thread reads as many a millisecond, more would wait for the disk. */
  readonly bytesPerMs: number;
  /** Null where none can be started. */
  readonly start: ((setup: unknown) => Worker) | null;
}

const mebibyte = 1024 * 1024;
/** More would wait for the one that reads and writes. */
const mostThreads = 4;

/** As many threads as there are processors for this process. */
export const systemWorkers: WorkerLimits = {
  most: Math.min(mostThreads, availableParallelism()),
  afterMs: 50,
  restBytes: 32 * mebibyte,
  bytesPerMs: (512 * mebibyte) / 1000,
  start: workerCode === null ? null : starter(workerCode),
};

function starter(code: string): (setup: unknown) => Worker {
  return (setup) =>
    new Worker(code, {
      eval: true,
      workerData: setup,
      // Nothing that the program was started with is meant for it.
      execArgv: [],
      // It writes nothing, and without this Node.js would make the standard output of the program one that does not block.
      stdout: true,
      stderr: true,
      // A block leaves little behind: a larger young generation would only keep garbage.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
}
