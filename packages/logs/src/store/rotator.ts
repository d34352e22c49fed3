import { statSync } from 'node:fs';
import { listLog, nextStem, type LogFiles } from '../layout.ts';
import type { StorePorts } from '../ports.ts';
import { completeInterrupted } from './complete-interrupted.ts';
import type { IndexWriter } from './index-writer.ts';
import type { CompleteOptions } from './options.ts';
import { wake, type Writers } from './pausable.ts';
import { rotateLive, type RotationReport } from './rotate.ts';

/** What a rotator works on. */
export interface RotatorParts {
  readonly files: LogFiles;
  readonly options: () => CompleteOptions;
  readonly ports: StorePorts;
  readonly index: IndexWriter;
  /** An earlier supervisor may have left the writers paused. */
  readonly maybePaused: boolean;
}

/** Milliseconds after a rotation that was put off in which the loop does not try another. */
const retryMs = 10_000;

/** Rotates one log, and knows when that is due. */
export function createRotator({ files, options, ports, index, ...parts }: RotatorParts) {
  let { maybePaused } = parts;
  let retryAt = 0;
  const { directory, name } = options();
  const newest = () => listLog(directory, name).segments.at(-1);
  return {
    isDue(): boolean {
      const live = statSync(files.live, { throwIfNoEntry: false });
      if (live === undefined || live.size === 0) return false;
      const { maxSizeBytes, maxAgeMs } = options();
      if (live.size >= maxSizeBytes) return true;
      if (maxAgeMs === null) return false;
      const since = newest()?.rotatedAt ?? live.birthtime;
      return ports.now().getTime() - since.getTime() >= maxAgeMs;
    },
    /** Whether the last try failed so lately that another would fail too. */
    isResting: (): boolean => ports.now().getTime() < retryAt,
    /** Once, before all else: the writers may still stand still. */
    wakeOnce(writers: Writers): void {
      if (maybePaused) wake(writers);
      maybePaused = false;
    },
    async rotate(writers: Writers): Promise<RotationReport> {
      const stem = nextStem(name, ports.now(), newest());
      const report = await rotateLive({ files, stem, writers, ports });
      if (report.rotated) index.rotated(stem);
      else if (report.reason !== 'empty') {
        // A step after the truncation may have failed: then the copy is the truth and must become a segment.
        const { rotation } = completeInterrupted(directory, name, files);
        if (rotation === 'completed') index.rotated(stem);
        retryAt = ports.now().getTime() + retryMs;
      }
      return report;
    },
  };
}
