import { filesOf } from '../layout.ts';
import { systemPorts, type StorePorts } from '../ports.ts';
import { completeInterrupted } from './complete-interrupted.ts';
import type { StoreEvent } from './events.ts';
import type { StoreFigures } from './figures.ts';
import { createKeeper } from './keeper.ts';
import { createFolder, openForAppend } from './open-for-append.ts';
import { completeOptions, type LogStoreOptions } from './options.ts';
import type { Writers } from './pausable.ts';
import type { RotationReport } from './rotate.ts';
import { createWatchLoop } from './watch-loop.ts';

/** A log that another process writes to through a descriptor of its own. */
export interface LogStore {
  /** The file the node writes to. */
  readonly livePath: string;
  /** What was done so far. */
  readonly figures: StoreFigures;
  /**
   * A new descriptor for the child's standard output and error: append only, mode 0600. The caller closes it once the child has it.
   *
   * @throws {@link LogsError} `unwritable`, `disposed`
   */
  openForAppend(): number;
  /** Rotates if the live file is too large or too old; null when it is neither. */
  rotateIfDue(writers: Writers): Promise<RotationReport | null>;
  /** Rotates now. What is in the way (an empty file, a full disk, writers that cannot be paused) is told in the report. */
  rotate(writers: Writers): Promise<RotationReport>;
  /**
   * Starts the store's own loop: index, rotate when due, compress, remove what is beyond the limits. It asks for the writers each time, and
   * looks once a second at a log that is quiet or far from its limit.
   */
  watch(writers: () => Writers): void;
  /** Changes limits while running. @throws {@link LogsError} `bad-option` */
  update(options: Partial<Omit<LogStoreOptions, 'directory' | 'name'>>): void;
  /** Ends the loop; a rotation under way is finished first, a compression is left to the next start. */
  dispose(): Promise<void>;
}

/** What {@link openLogStore} may be given in place of the system's. */
export interface LogStorePorts extends Partial<StorePorts> {
  /** Told what happens, at once and in order. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/**
 * Opens the log of a folder. A rotation or compression that an earlier supervisor died in is finished, or undone, first;
 * the writers it may have left paused are resumed by the first `watch` or `rotate`.
 *
 * @throws {@link LogsError} `bad-option`
 * @example
 * const store = openLogStore({ directory: 'logs', name: 'node' });
 * const log = store.openForAppend();
 * const child = spawn('geth', [], { detached: true, stdio: ['ignore', log, log] });
 * store.watch(() => ({
 *   groupId: child.pid,
 *   pause: () => process.kill(-child.pid, 'SIGSTOP'),
 *   resume: () => process.kill(-child.pid, 'SIGCONT'),
 * }));
 */
export function openLogStore(options: LogStoreOptions, ports: LogStorePorts = {}): LogStore {
  const { directory, name } = options;
  const files = filesOf(directory, name);
  const complete = completeOptions(options);
  createFolder(directory);
  const { rotation } = completeInterrupted(directory, name, files);
  const { onEvent = () => undefined, ...given } = ports;
  if (rotation !== 'none') onEvent({ type: 'recovered', rotation });
  const keeper = createKeeper({
    files,
    options: complete,
    ports: { ...systemPorts, ...given },
    tell: onEvent,
    maybePaused: rotation !== 'none',
  });
  const loop = createWatchLoop(keeper);
  return {
    livePath: files.live,
    get figures() {
      return keeper.figures();
    },
    openForAppend: () => {
      keeper.assertOpen();
      return openForAppend(files.live);
    },
    rotateIfDue: (writers) => keeper.rotateIfDue(writers),
    rotate: (writers) => keeper.rotate(writers),
    watch: (writers) => {
      keeper.assertOpen();
      loop.start(writers);
    },
    update: (changed) => keeper.update(changed),
    dispose: async () => {
      loop.stop();
      await keeper.dispose();
    },
  };
}
