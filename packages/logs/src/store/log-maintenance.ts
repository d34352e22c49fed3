import { statSync } from 'node:fs';
import type { LogFiles } from '../layout.ts';
import type { StoreEffects } from '../ports.ts';
import { createDiskSpaceMonitor } from './disk-space-monitor.ts';
import { errorEvent } from './error-event.ts';
import { createIndexWriter } from './index/index-writer.ts';
import { completeOptions, type CompleteOptions, type LogStoreOptions } from './options.ts';
import { createLiveLook } from './live-look.ts';
import { createRefusalTeller } from './refusal-teller.ts';
import { createRetentionWorker } from './retain/retention-worker.ts';
import type { RotationReport } from './rotate/rotation-report.ts';
import { createRotator } from './rotate/rotator.ts';
import type { Writers } from './rotate/writers.ts';
import { createSerialQueue } from './serial-queue.ts';
import type { StoreEvent } from './store-event.ts';

/** What the maintenance of one log works on. */
export interface MaintenanceParts {
  readonly files: LogFiles;
  readonly options: CompleteOptions;
  readonly ports: StoreEffects;
  readonly emit: (event: StoreEvent) => void;
}

/** The work on one log: one task at a time, except for compression, which runs beside the rest. */
export interface LogMaintenance {
  /** @throws LogsError `DISPOSED` */
  assertOpen(): void;
  options(): CompleteOptions;
  /** The writers are given the file that is there now. */
  opened(): void;
  liveBytes(): number;
  /** Bytes that rotations took from the live file since the store was opened. */
  movedBytes(): number;
  /** Indexes, checks the disk, rotates when due, enforces the retention. Never throws. */
  maintain(writers: () => Writers): Promise<void>;
  rotate(writers: Writers): Promise<RotationReport>;
  rotateIfDue(writers: Writers): Promise<RotationReport | null>;
  update(options: Partial<LogStoreOptions>): void;
  dispose(): Promise<void>;
}

/** Makes the maintenance of one log. */
export function createLogMaintenance(parts: MaintenanceParts): LogMaintenance {
  const { files, ports, emit } = parts;
  const { clock } = ports;
  let current = parts.options;
  const options = (): CompleteOptions => current;
  const { directory, name } = current;
  const index = createIndexWriter(directory, name, files);
  const disk = createDiskSpaceMonitor(() => ports.freeBytes(directory), clock, emit);
  const rotator = createRotator({ files, options, ports, index });
  const live = createLiveLook({ files, index, rotator, disk, clock, emit });
  const tellRefusal = createRefusalTeller(emit);
  const retention = createRetentionWorker({ files, options, emit, clock });
  const queue = createSerialQueue();

  let moved = 0;
  const rotate = async (writers: Writers): Promise<RotationReport> => {
    rotator.resumeLeft(writers);
    live.look();
    const report = await rotator.rotate(writers);
    emit({ type: 'rotation', report });
    tellRefusal(report);
    if (report.rotated) moved += report.bytes;
    retention.limitsChanged();
    retention.start();
    return report;
  };
  const maintain = async (writers: Writers): Promise<void> => {
    rotator.resumeLeft(writers);
    disk.check();
    live.look();
    if (rotator.isDue() && !rotator.isBackingOff()) await rotate(writers);
    retention.start();
  };
  const whenOpen = async <T>(task: () => T | Promise<T>): Promise<T> => {
    queue.assertOpen();
    return queue.run(task);
  };

  return {
    assertOpen: () => queue.assertOpen(),
    options,
    opened: () => live.accept(),
    liveBytes: () => statSync(files.live, { throwIfNoEntry: false })?.size ?? 0,
    movedBytes: () => moved,
    maintain: (writers) =>
      queue.run(() => maintain(writers())).catch((error: unknown) => emit(errorEvent(error))),
    rotate: (writers) => whenOpen(() => rotate(writers)),
    rotateIfDue: (writers) => whenOpen(() => (rotator.isDue() ? rotate(writers) : null)),
    update: (changed) => {
      current = completeOptions({ ...current, ...changed, directory, name });
      retention.limitsChanged();
    },
    dispose: async () => {
      await queue.close();
      await retention.dispose();
    },
  };
}
