import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LogsError } from './errors.ts';

/** A rotated part of the log. Its name ends in the UTC time of the rotation, so that names sort as the log runs. */
export interface Segment {
  /** `node-20260304T091502118Z`: the file name without `.log` or `.log.gz`. */
  readonly stem: string;
  /** When it was rotated: no line in it is newer. */
  readonly rotatedAt: Date;
  /** A plain copy exists: `<stem>.log`. */
  readonly plain: boolean;
  /** A finished compressed copy exists: `<stem>.log.gz`. */
  readonly compressed: boolean;
}

/** What a folder holds of one log at one moment. */
export interface Listing {
  /** Oldest first. */
  readonly segments: readonly Segment[];
  /** Bytes of the live file are moving to a segment right now: they may be in the one, in the other, or in both. */
  readonly truncating: boolean;
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The paths of one log. */
export interface LogFiles {
  readonly live: string;
  readonly index: string;
  readonly journal: string;
  /** A second name of the live file during a pause: who takes it away ends the pause, and no truncation by this name comes after. */
  readonly fence: string;
  /** The file on which it is tried whether the file system collapses ranges. */
  readonly probe: string;
  readonly segment: (stem: string) => string;
  readonly compressed: (stem: string) => string;
  readonly segmentIndex: (stem: string) => string;
  readonly partial: (path: string) => string;
}

/** The files of one log in its folder. @throws LogsError `BAD_OPTION` for a name that is no plain file name */
export function filesOf(directory: string, name: string): LogFiles {
  if (!namePattern.test(name)) {
    throw new LogsError(
      'BAD_OPTION',
      `"${name}" cannot name a log: use letters, digits, dot, dash and underscore`,
    );
  }
  const folder = resolve(directory);
  return {
    live: join(folder, `${name}.log`),
    index: join(folder, `${name}.index`),
    journal: join(folder, `${name}.rotation`),
    fence: join(folder, `${name}.pause`),
    probe: join(folder, `${name}-probe.partial`),
    segment: (stem) => join(folder, `${stem}.log`),
    compressed: (stem) => join(folder, `${stem}.log.gz`),
    segmentIndex: (stem) => join(folder, `${stem}.index`),
    partial: (path) => `${path}.partial`,
  };
}

/** The index file of a part of a log: of a segment, or of the live file, whose stem is null. */
export function indexFileOf({ index, segmentIndex }: LogFiles, stem: string | null): string {
  return stem === null ? index : segmentIndex(stem);
}

/** Reads the folder once; an absent folder is an empty log. */
export function listLog(directory: string, name: string): Listing {
  const found = new Map<string, { plain: boolean; compressed: boolean }>();
  const names = entries(directory);
  for (const entry of names) {
    const match = /^(.+)\.log(\.gz)?$/.exec(entry);
    const stem = match?.[1];
    if (stem === undefined || rotationTime(stem, name) === null) continue;
    const copies = found.get(stem) ?? { plain: false, compressed: false };
    copies[match?.[2] === undefined ? 'plain' : 'compressed'] = true;
    found.set(stem, copies);
  }
  const segments = [...found].map(([stem, copies]) => ({
    stem,
    rotatedAt: rotationTime(stem, name) ?? new Date(0),
    ...copies,
  }));
  segments.sort((a, b) => (a.stem < b.stem ? -1 : 1));
  return { segments, truncating: names.includes(`${name}.rotation`) };
}

function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The stem of a segment rotated at a moment; later than the newest there is, also when the clock went back. */
export function nextStem(name: string, nowMs: number, newest: Segment | undefined): string {
  const earliest = (newest?.rotatedAt.getTime() ?? -1) + 1;
  const time = new Date(Math.max(nowMs, earliest)).toISOString();
  return `${name}-${time.replace(/[-:.]/g, '')}`;
}

function rotationTime(stem: string, name: string): Date | null {
  if (!stem.startsWith(`${name}-`)) return null;
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(
    stem.slice(name.length + 1),
  );
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, milli] = found;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}
