import { existsSync, readFileSync, statSync } from 'node:fs';
import type { ParseLine } from '../../format/parsed-line.ts';
import { filesOf, indexFileOf, type LogFiles, type Segment } from '../../layout.ts';
import { parseIndex } from '../../time-index.ts';
import { openForeignGzip } from './foreign-gzip.ts';
import { openLiveSource } from './live-source.ts';
import { openFileSource, openGzipSource, type BlockCache, type Source } from './source.ts';
import { stableListing } from './stable-listing.ts';

/** One file of the log within the whole. */
export interface LogPart {
  /** The segment's stem; null for the live file. */
  readonly stem: string | null;
  /** The stem of the segment before it, if that is known to have existed. */
  readonly after: string | null;
  /** Where its first byte lies in the whole. */
  readonly base: number;
  readonly source: Source;
  /** A moment at or after every record in it. */
  readonly near: Date;
}

/** A log at one moment: all rotated parts and the live file as one run of bytes. It stays whole when the log is rotated meanwhile. */
export interface OpenLog extends Source {
  /** Oldest first. */
  readonly parts: readonly LogPart[];
  readonly files: LogFiles;
  /** How the caller reads records in a format of its own. */
  readonly parse: ParseLine | undefined;
}

/** What to open besides a whole log. */
export interface OpenLogOptions {
  /** Only what comes after this segment. @default null */
  readonly after?: string | null;
  /** That segment, or the newest one before it, too. @default false */
  readonly overlaps?: boolean;
  readonly parse?: ParseLine | undefined;
}

/** Opens a log, or what of it comes after a segment. */
export async function openLog(
  directory: string,
  name: string,
  { after = null, overlaps = false, parse }: OpenLogOptions = {},
): Promise<OpenLog> {
  const files = filesOf(directory, name);
  const cache: BlockCache = { owner: null, block: 0, bytes: Buffer.alloc(0) };
  for (;;) {
    const before = stableListing(directory, name).segments;
    const newest = before.at(-1)?.stem ?? null;
    const live = existsSync(files.live)
      ? openLiveSource({
          directory,
          name,
          files,
          newest,
          openSegment: (stem) => openOwn(files, stem, cache),
        })
      : null;
    const later = before.filter(({ stem }) => after === null || stem > after);
    const earlier = overlaps ? before.slice(0, before.length - later.length).slice(-1) : [];
    const wanted = [...earlier, ...later];
    const [first] = wanted;
    const indexed = indexedPredecessor(files, first?.stem ?? null);
    // Rotated between the listing and the opening: the live file and its index are not those of what stands after `newest`.
    if ((stableListing(directory, name).segments.at(-1)?.stem ?? null) !== newest) {
      live?.close();
      continue;
    }
    // An index that names an older segment is about to be renamed: a rotation is just over.
    const known = earlier.length === 0 ? after : null;
    const predecessor = latest([known, indexed, first === undefined ? newest : null]);
    return joined(files, await partsOf(files, wanted, live, predecessor, cache), parse);
  }
}

/** The segment before a part of a log, as the index of that part names it; null where no index tells. */
function indexedPredecessor(files: LogFiles, stem: string | null): string | null {
  const text = unlessAbsent(() => readFileSync(indexFileOf(files, stem), 'latin1'));
  return text === null ? null : (parseIndex(text.slice(0, 256))?.after ?? null);
}

function latest(stems: readonly (string | null)[]): string | null {
  return (
    stems
      .filter((stem) => stem !== null)
      .toSorted()
      .at(-1) ?? null
  );
}

async function partsOf(
  files: LogFiles,
  segments: readonly Segment[],
  live: Source | null,
  predecessor: string | null,
  cache: BlockCache,
): Promise<readonly LogPart[]> {
  const parts: LogPart[] = [];
  let base = 0;
  const add = (stem: string | null, source: Source | null, near: Date): void => {
    if (source === null) return;
    parts.push({ stem, after: parts.at(-1)?.stem ?? predecessor, base, source, near });
    base += source.size;
  };
  for (const { stem, rotatedAt } of segments) {
    const source = openOwn(files, stem, cache) ?? (await openOther(files, stem));
    add(stem, source, rotatedAt);
  }
  add(null, live, statSync(files.live, { throwIfNoEntry: false })?.mtime ?? new Date());
  return parts;
}

/** The plain segment, else ours compressed; null when it is neither (any more). */
function openOwn(files: LogFiles, stem: string, cache: BlockCache): Source | null {
  return (
    unlessAbsent(() => openFileSource(files.segment(stem))) ??
    unlessAbsent(() => openGzipSource(files.compressed(stem), cache))
  );
}

async function openOther(files: LogFiles, stem: string): Promise<Source | null> {
  return existsSync(files.compressed(stem)) ? openForeignGzip(files.compressed(stem)) : null;
}

function unlessAbsent<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function joined(files: LogFiles, parts: readonly LogPart[], parse: ParseLine | undefined): OpenLog {
  const last = parts.at(-1);
  const log: OpenLog = {
    files,
    parse,
    parts,
    size: last === undefined ? 0 : last.base + last.source.size,
    read(target, position) {
      const part = partAt(log, position);
      if (part === undefined) return 0;
      const left = part.base + part.source.size - position;
      const wanted = left < target.length ? target.subarray(0, left) : target;
      return part.source.read(wanted, position - part.base);
    },
    close: () => parts.forEach(({ source }) => source.close()),
  };
  return log;
}

/** The part that holds the byte at a position. */
export function partAt({ parts }: OpenLog, position: number): LogPart | undefined {
  return parts.findLast(({ base, source }) => base <= position && position < base + source.size);
}
