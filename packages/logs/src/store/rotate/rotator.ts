import { statSync } from 'node:fs';
import { listLog, nextStem, type LogFiles } from '../../layout.ts';
import type { LogStorePorts } from '../../ports.ts';
import type { IndexWriter } from '../index/index-writer.ts';
import type { CompleteOptions } from '../options.ts';
import { recoverRotation } from './recover-rotation.ts';
import { rotateLive } from './rotate-live.ts';
import type { RotationReport } from './rotation-report.ts';
import { pausableOf, type Writers } from './writers.ts';

/** What a rotator works on. */
export interface RotatorParts {
  readonly files: LogFiles;
  readonly options: () => CompleteOptions;
  readonly ports: LogStorePorts;
  readonly index: IndexWriter;
  /** An earlier store may have left the writers paused. */
  readonly maybePaused: boolean;
}

/** Milliseconds after a failed rotation in which no other is tried unasked. */
const retryMs = 10_000;

/** Rotates one log, and knows when that is due. */
export function createRotator({ files, options, ports, index, ...parts }: RotatorParts) {
  let { maybePaused } = parts;
  let retryAt = -Infinity;
  const { clock } = ports;
  const { directory, name } = options();
  const newestSegment = () => listLog(directory, name).segments.at(-1);
  return {
    isDue(): boolean {
      const live = statSync(files.live, { throwIfNoEntry: false });
      if (live === undefined || live.size === 0) return false;
      const { maxSizeBytes, maxAgeMs } = options();
      if (live.size >= maxSizeBytes) return true;
      if (maxAgeMs === null) return false;
      const since = newestSegment()?.rotatedAt ?? live.birthtime;
      return clock.now() - since.getTime() >= maxAgeMs;
    },
    /** Whether the last try failed so recently that another would fail too. */
    isBackingOff: (): boolean => clock.monotonic() < retryAt,
    /** Once, before all else: resumes writers that an earlier store may have left paused. */
    resumeOnce(writers: Writers): void {
      if (maybePaused) pausableOf(writers)?.resume();
      maybePaused = false;
    },
    async rotate(writers: Writers): Promise<RotationReport> {
      const stem = nextStem(name, clock.now(), newestSegment());
      const report = await rotateLive({ files, stem, writers, ports });
      if (report.rotated) index.rotated(stem);
      else if (report.reason !== 'empty') {
        // A step after the truncation may have failed: then the copy is the truth and must become a segment.
        if (recoverRotation(directory, name, files) === 'completed') index.rotated(stem);
        retryAt = clock.monotonic() + retryMs;
      }
      return report;
    },
  };
}
