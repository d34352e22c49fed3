import { StringDecoder } from 'node:string_decoder';
import { createRecordParts } from '../../fields/record-parts.ts';
import { scanRecord } from '../../fields/scan-record.ts';
import { isPlainHead } from '../../fields/scan-terminal.ts';
import { createTimeReader } from '../../fields/time-reader.ts';
import type { Level } from '../../format/level.ts';
import { parseLogLine } from '../../format/parse-log-line.ts';
import type { LineContext, LogFormat, ParsedLine } from '../../format/parsed-line.ts';
import { jsonLevel, quickLevel } from '../../format/quick-level.ts';
import type { Block } from '../select/blocks.ts';
import type { Candidate } from '../select/record-test.ts';
import { textBytes, textPieces } from '../../pieces.ts';
import { piecesOf } from '../open/line-edges.ts';
import type { TimeLookup } from '../select/time-lookup.ts';
import { partAt, type OpenLog } from '../open/open-log.ts';
import { headBefore, startsRecord, lineEnd } from './record-boundaries.ts';
import { readAll } from '../open/source.ts';

const newline = 0x0a;
/** Bytes of a record that are parsed: the text of a line of 10 MB would take more memory than everything else. */
const meaningBytes = 64 * 1024;

/**
 * One record of the log: a line, or a message or crash report of several lines. It is parsed when first asked for, from its first 64 KiB:
 * message and fields end there, and a longer line of JSON is plain text with a level.
 */
export interface LogRecord {
  /** Exactly what was written, without the last newline. A `shared` record of a line over 256 KiB reads the file each time. */
  readonly bytes: Uint8Array;
  /**
   * The same bytes in pieces, each valid until the next is asked for. One piece, except for a `shared` record of a line over 256 KiB, which is
   * read from the file piece by piece.
   */
  pieces(): Iterable<Uint8Array>;
  /** The bytes as text, in pieces that cut no character. Bytes that are not UTF-8 are replaced. */
  text(): Iterable<string>;
  /** Whether a newline followed; false for an unfinished last line. */
  readonly terminated: boolean;
  /** Its own time, else that of the record before it, else that of its capture; null when none is known. */
  readonly time: Date | null;
  /** Null for a record that names none. */
  readonly level: Level | null;
  /** The format that it was read in. */
  readonly format: LogFormat;
  /** The text without time, level and context. */
  readonly message: string;
  /** The `key=value` context; its values as text. */
  readonly fields: Readonly<Record<string, string>>;
  /** Given for a record near it that fits, as `context` asks for. */
  readonly isContext: boolean;
  /** With `context`: records between the one given before and this one were left out. */
  readonly isApart: boolean;
}

/** What a record needs to know besides its bytes. */
interface RecordContext extends LineContext {
  /** The time that a record at a place of its block takes over when it has none of its own. */
  readonly inheritedTime: (from: number, to: number) => Date | null;
}

/** The part of a long line that follows in the log after the beginning that a block holds. */
interface Rest {
  readonly log: OpenLog;
  readonly from: number;
  readonly to: number;
}

/** A class, since a reader makes millions of them: lazy properties on the prototype cost nothing until they are read. */
class LazyRecord implements LogRecord {
  readonly terminated: boolean;
  isContext = false;
  isApart = false;
  /** Everything but the rest. */
  readonly #beginning: Buffer;
  readonly #rest: Rest | null;
  readonly #context: RecordContext;
  readonly #from: number;
  readonly #to: number;
  #parsed: ParsedLine | undefined;

  constructor({ bytes, rest, terminated, context, from, to }: RecordPlace) {
    this.terminated = terminated;
    this.#beginning = bytes;
    this.#rest = rest;
    this.#context = context;
    this.#from = from;
    this.#to = to;
  }

  get bytes(): Uint8Array {
    return this.#rest === null ? this.#beginning : wholeOf(this.#beginning, this.#rest);
  }

  *pieces(): Generator<Buffer, void> {
    yield this.#beginning;
    if (this.#rest !== null) yield* piecesOf(this.#rest.log, this.#rest.from, this.#rest.to);
  }

  *text(): Generator<string, void> {
    if (this.#rest === null && this.#beginning.length <= textBytes) {
      yield this.#beginning.toString('utf8');
    } else yield* textPieces(this.pieces());
  }

  /** What may be read off its bytes. */
  candidate(): Candidate {
    const { near, parse } = this.#context;
    const isReadable = parse === undefined && this.#rest === null;
    const bytes = this.#beginning;
    const isWhole = this.#rest === null;
    return { bytes, from: 0, to: bytes.length, isReadable, isWhole, near, record: () => this };
  }

  get #line(): ParsedLine {
    return (this.#parsed ??= parseLogLine(beginningOf(this.#beginning), this.#context));
  }

  get time(): Date | null {
    const timeMs = this.#parsed === undefined ? quickTime(this.candidate()) : NaN;
    if (!Number.isNaN(timeMs)) return new Date(timeMs);
    return this.#line.time ?? this.#context.inheritedTime(this.#from, this.#to);
  }

  get level(): Level | null {
    const { length } = this.#beginning;
    const { parse } = this.#context;
    const isPlain = this.#parsed === undefined && parse === undefined;
    if (isPlain && isPlainHead(this.#beginning, 0, length)) {
      return quickLevel(this.#beginning, 0, length);
    }
    const { level } = this.#line;
    if (level !== null || length <= meaningBytes) return level;
    return quickLevel(this.#beginning, 0, length) ?? jsonLevel(this.pieces());
  }

  get format(): LogFormat {
    return this.#line.format;
  }

  get message(): string {
    return this.#line.message;
  }

  get fields(): Readonly<Record<string, string>> {
    return this.#line.fields;
  }
}

const parts = createRecordParts();
const readTime = createTimeReader();

/** The time of a record as its bytes show it, without parsing the rest; `NaN` where they do not. */
function quickTime({ bytes, from, to, isReadable, near }: Candidate): number {
  const isShown = isReadable && near !== undefined && scanRecord(bytes, from, to, parts);
  return isShown && parts.timeTo > 0 ? readTime(bytes, parts, near) : NaN;
}

/** A record as something whose bytes are read; one that a caller made is asked what it says. */
export function candidateOf(record: LogRecord): Candidate {
  if (record instanceof LazyRecord) return record.candidate();
  return {
    bytes: Buffer.alloc(0),
    from: 0,
    to: 0,
    isReadable: false,
    isWhole: false,
    record: () => record,
  };
}

function wholeOf(beginning: Buffer, { log, from, to }: Rest): Buffer {
  const { length } = beginning;
  const whole = Buffer.allocUnsafeSlow(length + to - from);
  beginning.copy(whole);
  return whole.subarray(0, length + readAll(log, whole.subarray(length), from));
}

/** A record before its place among others is said. */
type MarkedRecord = LogRecord & { isContext: boolean; isApart: boolean };

/** The records of one block, each by where it begins and ends in the block's bytes. */
export interface BlockRecords {
  /** What its records do not state themselves. */
  readonly context: LineContext;
  /** A record that lives as long as the block's bytes. */
  readonly view: (from: number, to: number) => MarkedRecord;
  /** A record in bytes of its own. */
  readonly detached: (from: number, to: number) => MarkedRecord;
}

/** Makes the records of one block; they are asked for in order. */
export function createRecords(log: OpenLog, timeLookup: TimeLookup, block: Block): BlockRecords {
  const { bytes, position } = block;
  const end = position + block.end;
  const context = { near: partAt(log, end - 1)?.near ?? new Date(), parse: log.parse };
  const rest = block.more === 0 ? null : { log, from: end, to: end + block.more };
  let head: number | null = null;
  let searchedTo = block.start;
  /** The time of a record that states none: that of the record before, else when it was captured. */
  const timeOf = (from: number, to: number): Date | null => {
    if (!startsRecord(bytes, from, to)) {
      head = headBefore(bytes, searchedTo, from) ?? head;
      searchedTo = Math.max(searchedTo, from);
    }
    return (head === null ? null : ownTime(head)) ?? timeLookup.capturedAt(position + from);
  };
  const ownTime = (start: number): Date | null =>
    parseLogLine(beginningOf(bytes.subarray(start, lineEnd(bytes, start, block.end))), context)
      .time;
  const ofBlock = { ...context, inheritedTime: timeOf };
  return {
    context,
    view: (from, to) =>
      createRecord({ bytes: bytes.subarray(from, to), rest, context: ofBlock, from, to }),
    detached: (from, to) => {
      const time = startsRecord(bytes, from, to) ? null : timeOf(from, to);
      const inheritedTime = (): Date | null => time ?? timeLookup.capturedAt(position + from);
      const part = bytes.subarray(from, to);
      const own = rest === null ? Buffer.from(part) : wholeOf(part, rest);
      return createRecord({
        bytes: own,
        rest: null,
        context: { ...context, inheritedTime },
        from,
        to,
      });
    },
  };
}

/** The part of a record that is parsed, as text, without a character that the limit cuts. */
function beginningOf(bytes: Buffer): string {
  if (bytes.length <= meaningBytes) return bytes.toString('utf8');
  return new StringDecoder('utf8').write(bytes.subarray(0, meaningBytes));
}

/** A record in the making: its bytes, with the newline that ends it, and where they lie in their block. */
interface RecordPlace {
  readonly bytes: Buffer;
  readonly rest: Rest | null;
  readonly terminated: boolean;
  readonly context: RecordContext;
  readonly from: number;
  readonly to: number;
}

function createRecord(place: Omit<RecordPlace, 'terminated'>): MarkedRecord {
  const { bytes, rest, context, from, to } = place;
  if (rest !== null) {
    const terminated = endsLine(rest);
    const toShow = terminated ? { ...rest, to: rest.to - 1 } : rest;
    return new LazyRecord({ bytes, rest: toShow, terminated, context, from, to });
  }
  const terminated = bytes[bytes.length - 1] === newline;
  const line = terminated ? bytes.subarray(0, -1) : bytes;
  return new LazyRecord({ bytes: line, rest, terminated, context, from, to });
}

function endsLine({ log, to }: Rest): boolean {
  const last = Buffer.alloc(1);
  return log.read(last, to - 1) === 1 && last[0] === newline;
}
