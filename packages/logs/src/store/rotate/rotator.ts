import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { listLog, nextStem, type LogFiles } from '../../layout.ts';
import type { StoreEffects } from '../../ports.ts';
import type { IndexWriter } from '../index/index-writer.ts';
import type { CompleteOptions } from '../options.ts';
import { isPassing } from './collapse-head.ts';
import { recoverRotation, type Recovered } from './recover-rotation.ts';
import { rotateLive } from './rotate-live.ts';
import { notRotated, RotationAbandoned, type RotationReport } from './rotation-report.ts';
import { pausableOf, type Writers } from './writers.ts';

/** What a rotator works on. */
export interface RotatorParts {
  readonly files: LogFiles;
  readonly options: () => CompleteOptions;
  readonly ports: StoreEffects;
  readonly index: IndexWriter;
}

/** Milliseconds after a failed rotation in which no other is tried unasked. */
const retryMs = 10_000;

/** Rotates one log, and knows when that is due. */
export function createRotator({ files, options, ports, index }: RotatorParts) {
  let retryAt = -Infinity;
  let unit: number | null | undefined;
  const { clock } = ports;
  const { directory, name } = options();
  const newestSegment = () => listLog(directory, name).segments.at(-1);
  // Tried once: a file system does not learn it.
  const collapseUnit = (): number | null =>
    unit === undefined ? (unit = ports.collapseUnit(files)) : unit;

  /** Settles what failed halfway; a rotation that it completed is one after all. */
  const settle = (report: RotationReport): RotationReport => {
    const { recovery, journal } = recoverRotation(files, ports.files);
    if (recovery === 'completed' && journal !== null) return completed(journal, report.at);
    // This file cannot be cut although others of its file system can.
    if (journal?.way === 'cut' && !report.rotated && !isPassing(report.error)) unit = null;
    return report;
  };
  const completed = ({ stem, bytes }: Moved, at: Date): RotationReport => {
    index.rotated(stem, bytes);
    return { rotated: true, at, segment: files.segment(stem), bytes, pauseMs: 0 };
  };
  const attempt = async (writers: Writers): Promise<RotationReport> => {
    const at = new Date(clock.now());
    try {
      const nothing = notRotated(new RotationAbandoned('empty'), at);
      const earlier = existsSync(files.journal) ? settle(nothing) : nothing;
      if (earlier.rotated) return earlier;
      const finalStem = (): string => nextStem(name, clock.now(), newestSegment());
      const job = { files, stem: finalStem(), finalStem, writers };
      const report = await rotateLive({ ...job, ports: { ...ports, collapseUnit } });
      if (report.rotated) index.rotated(basename(report.segment, '.log'), report.bytes);
      return report.rotated || report.reason === 'empty' ? report : settle(report);
    } catch (error) {
      return notRotated(error, at);
    }
  };
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
    /** Whether a rotation stands halfway: bytes of the live file are those of a segment too. */
    isHalfway: (): boolean => existsSync(files.journal),
    /** Resumes writers that an earlier store left paused: its fence is still there. */
    resumeLeft(writers: Writers): void {
      if (!existsSync(files.fence)) return;
      pausableOf(writers)?.resume();
      ports.files.unlinkSync(files.fence);
    },
    async rotate(writers: Writers): Promise<RotationReport> {
      const report = await attempt(writers);
      if (!report.rotated && report.reason !== 'empty') retryAt = clock.monotonic() + retryMs;
      return report;
    },
  };
}

type Moved = NonNullable<Recovered['journal']>;
