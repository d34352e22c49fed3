import { statSync } from 'node:fs';
import { LogsError } from '../errors.ts';
import type { LogFiles } from '../layout.ts';
import type { StorePorts } from '../ports.ts';
import { createDiskWatch } from './disk-watch.ts';
import type { StoreEvent } from './events.ts';
import { createFigures, type StoreFigures } from './figures.ts';
import { createIndexWriter } from './index-writer.ts';
import { completeOptions, type CompleteOptions, type LogStoreOptions } from './options.ts';
import type { Writers } from './pausable.ts';
import type { RotationReport } from './rotate.ts';
import { createRotator } from './rotator.ts';
import { createTidier } from './tidier.ts';

/** What the keeper of one log is made of. */
export interface KeeperParts {
  readonly files: LogFiles;
  readonly options: CompleteOptions;
  readonly ports: StorePorts;
  readonly tell: (event: StoreEvent) => void;
  /** An earlier supervisor may have left the writers paused. */
  readonly maybePaused: boolean;
}

/** Does the work on one log, one thing at a time, except for compression, which goes on beside the rest. */
export interface Keeper {
  figures(): StoreFigures;
  /** @throws {@link LogsError} `disposed` */
  assertOpen(): void;
  options(): CompleteOptions;
  liveBytes(): number;
  /** Indexes, looks at the disk, rotates when due, starts housekeeping. Never throws. */
  tend(writers: () => Writers): Promise<void>;
  rotate(writers: Writers): Promise<RotationReport>;
  rotateIfDue(writers: Writers): Promise<RotationReport | null>;
  update(options: Partial<LogStoreOptions>): void;
  dispose(): Promise<void>;
}

/** Makes the keeper of one log. */
export function createKeeper({ files, ports, tell, maybePaused, ...parts }: KeeperParts): Keeper {
  let current = parts.options;
  const options = (): CompleteOptions => current;
  const { directory, name } = current;
  const figures = createFigures();
  const index = createIndexWriter(directory, name, files);
  const disk = createDiskWatch(
    () => ports.freeBytes(directory),
    () => ports.now(),
    tell,
  );
  const trouble = (error: unknown): void =>
    tell({ type: 'trouble', error: error instanceof Error ? error : new Error(String(error)) });
  const rotator = createRotator({ files, options, ports, index, maybePaused });
  const tidier = createTidier({
    files,
    options,
    trouble,
    tell: (event) => {
      figures.housekeeping(event);
      tell(event);
    },
  });
  const line = createLine();

  const advanceIndex = (): void => {
    const before = index.vanishedBytes;
    try {
      index.advance(ports.now());
    } catch (error) {
      if (!disk.isFull()) trouble(error);
    }
    const lostBytes = index.vanishedBytes - before;
    if (lostBytes > 0) tell({ type: 'truncated-by-other', lostBytes });
  };
  const rotate = async (writers: Writers): Promise<RotationReport> => {
    rotator.wakeOnce(writers);
    advanceIndex();
    const report = await rotator.rotate(writers);
    figures.rotation(report);
    tell({ type: 'rotation', report });
    tidier.markUntidy();
    tidier.tidy();
    return report;
  };
  const tend = async (writers: Writers): Promise<void> => {
    rotator.wakeOnce(writers);
    disk.look();
    advanceIndex();
    if (rotator.isDue() && !rotator.isResting()) await rotate(writers);
    tidier.tidy();
  };

  return {
    figures: () => figures.snapshot(index.vanishedBytes, disk.isFull()),
    assertOpen: line.assertOpen,
    options,
    liveBytes: () => statSync(files.live, { throwIfNoEntry: false })?.size ?? 0,
    tend: (writers) => line.join(() => tend(writers())).catch(trouble),
    rotate: (writers) => line.enter(() => rotate(writers)),
    rotateIfDue: (writers) => line.enter(() => (rotator.isDue() ? rotate(writers) : null)),
    update: (changed) => {
      current = completeOptions({ ...current, ...changed, directory, name });
      tidier.markUntidy();
    },
    dispose: async () => {
      await line.close();
      await tidier.dispose();
    },
  };
}

/** Lets one piece of work in after the other, until it is closed. */
function createLine() {
  let isClosed = false;
  let queue: Promise<unknown> = Promise.resolve();
  const assertOpen = (): void => {
    if (isClosed) throw new LogsError('disposed', 'the log store was disposed: open a new one');
  };
  const join = <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  return {
    assertOpen,
    join,
    enter: async <T>(work: () => T | Promise<T>): Promise<T> => {
      assertOpen();
      return join(work);
    },
    close: async (): Promise<void> => {
      isClosed = true;
      await queue;
    },
  };
}
