import { ChildProcess } from 'node:child_process';
import { filesOf, type LogFiles } from '../layout.ts';
import { markOf } from '../log-mark.ts';
import { systemStorePorts, type LogStorePorts, type RotationCalls } from '../ports.ts';
import { spawnInto, writersBy, type CapturedCommand } from './capture.ts';
import { errorEvent } from './error-event.ts';
import { wordsOf } from './event-words.ts';
import { createLogMaintenance } from './log-maintenance.ts';
import { createFolder, openForAppend } from './open-for-append.ts';
import { completeOptions, type LogStoreOptions } from './options.ts';
import { recoverRotation } from './rotate/recover-rotation.ts';
import type { RotationReport } from './rotate/rotation-report.ts';
import type { Writers } from './rotate/writers.ts';
import { createStoreFigures, type StoreFigures } from './store-figures.ts';
import type { StoreEvent } from './store-event.ts';
import { createWatchLoop } from './watch-loop.ts';

/** A log that another process writes to through a descriptor of its own. */
export interface LogStore extends AsyncDisposable {
  /** The file the writer writes to. */
  readonly livePath: string;
  /** What was done so far. */
  readonly figures: StoreFigures;
  /**
   * A new descriptor for the child's standard output and error: append only, mode 0600. The caller closes it once the child has it.
   *
   * @throws LogsError `UNWRITABLE`, `DISPOSED`
   */
  openForAppend(): number;
  /**
   * Makes a program the writer of the log, and watches it: a command is spawned, as the leader of a process group of its own, with both its
   * outputs in the log; of a child the caller vouches that it was spawned so (`detached: true`, and a descriptor of `openForAppend`). A later
   * call takes the place of an earlier one.
   *
   * @throws LogsError `UNWRITABLE`, `DISPOSED`
   */
  capture(program: CapturedCommand | ChildProcess): ChildProcess;
  /**
   * Names the present end of the log, to be read from later (`after`): a mark holds over rotations, supervisors and retention.
   */
  mark(): string;
  /** Rotates if the live file is too large or too old; null when it is neither. @throws LogsError `DISPOSED` */
  rotateIfDue(writers: Writers): Promise<RotationReport | null>;
  /**
   * Rotates now. What prevents it (an empty file, a full disk, writers that cannot be paused) is in the report.
   *
   * @throws LogsError `DISPOSED`
   */
  rotate(writers: Writers): Promise<RotationReport>;
  /**
   * Starts the store's own loop: index, rotate when due, compress, remove what is beyond the limits. It asks for the writers each time, and
   * looks once a second at a log that is quiet or far from its limit.
   */
  watch(writers: () => Writers): void;
  /** Changes limits while running. @throws LogsError `BAD_OPTION` */
  update(options: Partial<Omit<LogStoreOptions, 'directory' | 'name'>>): void;
  /** Ends the loop; a rotation under way is finished first, a compression is left to the next start. `await using` does the same. */
  dispose(): Promise<void>;
}

/**
 * Opens the log of a folder. A rotation or compression during which an earlier store died is finished, or undone, first;
 * the writers it may have left paused are resumed by the first `watch` or `rotate`.
 *
 * @throws LogsError `BAD_OPTION`; the system's error where the folder cannot be made.
 * @example
 * const store = openLogStore({ directory: 'logs', name: 'node' });
 * const child = store.capture({ file: 'geth', args: ['--dev'] });
 */
export function openLogStore(
  options: LogStoreOptions,
  ports: Partial<LogStorePorts> = {},
): LogStore {
  const { directory, name } = options;
  const files = filesOf(directory, name);
  const complete = completeOptions(options);
  const { onEvent, ...effects } = { ...systemStorePorts, ...ports };
  const figures = createStoreFigures();
  const emit = (event: StoreEvent): void => {
    figures.count(event);
    onEvent(event, wordsOf(event));
  };
  createFolder(directory);
  recover(files, effects.files, emit);
  const maintenance = createLogMaintenance({
    files,
    options: complete,
    ports: effects,
    emit,
  });
  const loop = createWatchLoop(maintenance, effects.clock);
  const append = () => {
    maintenance.assertOpen();
    const descriptor = openForAppend(files.live);
    maintenance.opened();
    return descriptor;
  };
  const watch = (writers: () => Writers) => {
    maintenance.assertOpen();
    loop.start(writers);
  };
  const dispose = async () => {
    loop.stop();
    await maintenance.dispose();
  };
  return {
    livePath: files.live,
    get figures() {
      return figures.get();
    },
    openForAppend: append,
    capture(program) {
      const child = program instanceof ChildProcess ? program : spawnInto(append(), program);
      watch(() => writersBy(child));
      return child;
    },
    mark: () => markOf(directory, name),
    rotateIfDue: (writers) => maintenance.rotateIfDue(writers),
    rotate: (writers) => maintenance.rotate(writers),
    watch,
    update: (changed) => maintenance.update(changed),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** Settles a rotation during which an earlier store died; what cannot be settled yet is tried again by the next rotation. */
function recover(files: LogFiles, calls: RotationCalls, emit: (event: StoreEvent) => void): void {
  try {
    const { recovery } = recoverRotation(files, calls);
    if (recovery !== 'none') emit({ type: 'recovered', rotation: recovery });
  } catch (error) {
    emit(errorEvent(error));
  }
}
