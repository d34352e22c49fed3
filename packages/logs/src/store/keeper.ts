import { statSync } from 'node:fs';
import { LogsError } from '../errors.ts';
import { listLog, nextStem, type LogFiles } from '../layout.ts';
import type { StorePorts } from '../ports.ts';
import { completeInterrupted } from './complete-interrupted.ts';
import { createDiskWatch } from './disk-watch.ts';
import type { StoreEvent } from './events.ts';
import { createFigures, type StoreFigures } from './figures.ts';
import { keepHouse } from './housekeeping.ts';
import { createIndexWriter } from './index-writer.ts';
import { completeOptions, type CompleteOptions, type LogStoreOptions } from './options.ts';
import type { Pausable } from './pausable.ts';
import { rotateLive, type RotationReport } from './rotate.ts';

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
  tend(writers: () => Pausable | null): Promise<void>;
  rotate(pausable: Pausable | null): Promise<RotationReport>;
  rotateIfDue(pausable: Pausable | null): Promise<RotationReport | null>;
  update(options: Partial<LogStoreOptions>): void;
  dispose(): Promise<void>;
}

/** Milliseconds after a rotation that was put off in which the loop does not try another. */
const retryMs = 10_000;

/** Makes the keeper of one log. */
export function createKeeper({ files, ports, tell, ...parts }: KeeperParts): Keeper {
  let options = parts.options;
  let { maybePaused } = parts;
  const { directory, name } = options;
  const figures = createFigures();
  const index = createIndexWriter(directory, name, files);
  const disk = createDiskWatch(() => ports.freeBytes(directory), tell);
  const disposing = new AbortController();
  let queue: Promise<unknown> = Promise.resolve();
  let housekeeping: Promise<void> | null = null;
  let untidy = true;
  let retryAt = 0;

  const liveBytes = (): number => statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
  const trouble = (error: unknown): void =>
    tell({ type: 'trouble', error: error instanceof Error ? error : new Error(String(error)) });

  const count = (event: StoreEvent): void => {
    if (event.type === 'compressed') figures.counts.compressed += 1;
    if (event.type === 'removed') figures.counts.removed += event.segments.length;
    tell(event);
  };

  const tidy = (): void => {
    if (!untidy || housekeeping !== null || disposing.signal.aborted) return;
    untidy = false;
    housekeeping = keepHouse({
      files,
      options: () => options,
      signal: disposing.signal,
      tell: count,
    })
      .catch(trouble)
      .finally(() => {
        housekeeping = null;
      });
  };

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

  const isDue = (): boolean => {
    const live = statSync(files.live, { throwIfNoEntry: false });
    if (live === undefined || live.size === 0) return false;
    if (live.size >= options.maxSizeBytes) return true;
    if (options.maxAgeMs === null) return false;
    const since = listLog(directory, name).segments.at(-1)?.rotatedAt ?? live.birthtime;
    return ports.now().getTime() - since.getTime() >= options.maxAgeMs;
  };

  const rotateNow = async (pausable: Pausable | null): Promise<RotationReport> => {
    if (maybePaused) pausable?.resume();
    maybePaused = false;
    advanceIndex();
    const stem = nextStem(name, ports.now(), listLog(directory, name).segments.at(-1));
    const report = await rotateLive({ files, stem, pausable, ports });
    if (report.rotated) index.rotated(stem);
    else if (report.reason !== 'empty') {
      // A step after the truncation may have failed: then the copy is the truth and must become a segment.
      const { rotation } = completeInterrupted(directory, name, files);
      if (rotation === 'completed') index.rotated(stem);
      retryAt = ports.now().getTime() + retryMs;
    }
    figures.rotation(report);
    tell({ type: 'rotation', report });
    untidy = true;
    tidy();
    return report;
  };

  const exclusively = <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const assertOpen = (): void => {
    if (disposing.signal.aborted)
      throw new LogsError('disposed', 'the log store was disposed: open a new one');
  };

  return {
    figures: () => figures.snapshot(index.vanishedBytes, disk.isFull()),
    assertOpen,
    options: () => options,
    liveBytes,
    tend: (writers) =>
      exclusively(async () => {
        const pausable = writers();
        if (maybePaused) pausable?.resume();
        maybePaused = false;
        disk.look();
        advanceIndex();
        if (isDue() && ports.now().getTime() >= retryAt) await rotateNow(pausable);
        tidy();
      }).catch(trouble),
    rotate: async (pausable) => {
      assertOpen();
      return exclusively(() => rotateNow(pausable));
    },
    rotateIfDue: async (pausable) => {
      assertOpen();
      return exclusively(() => (isDue() ? rotateNow(pausable) : null));
    },
    update: (changed) => {
      options = completeOptions({ ...options, ...changed, directory, name });
      untidy = true;
    },
    dispose: async () => {
      disposing.abort();
      await queue;
      await housekeeping;
    },
  };
}
