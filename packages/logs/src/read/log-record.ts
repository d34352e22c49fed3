import { StringDecoder } from 'node:string_decoder';
import type { Level } from '../format/level.ts';
import { parseLogLine } from '../format/parse-log-line.ts';
import type { LogFormat, ParsedLine } from '../format/parsed-line.ts';
import { quickLevel } from '../format/quick-level.ts';
import type { Block } from './blocks.ts';
import type { Moments } from './moment.ts';
import { partAt, type OpenLog } from './open-log.ts';
import { headBefore, isSureHead, lineEnd } from './records.ts';

/** What a record means is told by its beginning, as far as this: the text of a line of 10 MB takes more memory than all else. */
const meaningBytes = 64 * 1024;

/**
 * One record of the log: a line, or a message or crash report of several lines. What its bytes mean is worked out when first asked for, from
 * the first 64 KiB of it: message and fields end there, and a longer line of JSON is plain text with a level.
 */
export interface LogRecord {
  /** Exactly what was written, without the last newline. */
  readonly bytes: Uint8Array;
  /** Whether a newline followed; false for an unfinished last line, and for each piece but the last of a line over 11 MB. */
  readonly terminated: boolean;
  /** Its own time, else that of the record before it, else that of its capture; null when none is known. */
  readonly time: Date | null;
  readonly level: Level | null;
  readonly format: LogFormat;
  readonly message: string;
  /** The `key=value` context; its values as text. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a record needs to know besides its bytes. */
interface RecordContext {
  /** A moment at or after it was written. */
  readonly near: Date;
  /** The time it takes over when it has none of its own. */
  readonly inheritedTime: () => Date | null;
}

/** A class, since a reader makes millions: its lazy properties sit on the prototype and cost nothing until read. */
class LazyRecord implements LogRecord {
  readonly bytes: Buffer;
  readonly terminated: boolean;
  readonly #context: RecordContext;
  #parsed: ParsedLine | undefined;

  constructor(bytes: Buffer, terminated: boolean, context: RecordContext) {
    this.bytes = bytes;
    this.terminated = terminated;
    this.#context = context;
  }

  get #line(): ParsedLine {
    return (this.#parsed ??= parseLogLine(beginningOf(this.bytes), this.#context));
  }

  get time(): Date | null {
    return this.#line.time ?? this.#context.inheritedTime();
  }

  get level(): Level | null {
    const { level } = this.#line;
    const { length } = this.bytes;
    return level === null && length > meaningBytes ? quickLevel(this.bytes, 0, length) : level;
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

/** Makes the records of one block; they are asked for in order. */
export function createRecords(log: OpenLog, moments: Moments, block: Block) {
  const { bytes, position } = block;
  const near = partAt(log, position + block.end - 1)?.near ?? new Date();
  let head: number | null = null;
  let searchedTo = block.start;
  /** For a record without a time of its own: that of the record before, else that of the capture. */
  const timeOf = (from: number, to: number): Date | null => {
    if (!isSureHead(bytes, from, to)) {
      head = headBefore(bytes, searchedTo, from) ?? head;
      searchedTo = Math.max(searchedTo, from);
    }
    return (head === null ? null : ownTime(head)) ?? moments.capturedAt(position + from);
  };
  const ownTime = (start: number): Date | null =>
    parseLogLine(beginningOf(bytes.subarray(start, lineEnd(bytes, start, block.end))), { near })
      .time;
  return {
    near,
    /** A record that lives as long as the block's bytes. */
    view: (from: number, to: number): LogRecord =>
      createRecord(bytes.subarray(from, to), { near, inheritedTime: () => timeOf(from, to) }),
    /** A record in bytes of its own. */
    detached: (from: number, to: number): LogRecord => {
      const time = isSureHead(bytes, from, to) ? null : timeOf(from, to);
      const inheritedTime = (): Date | null => time ?? moments.capturedAt(position + from);
      return createRecord(Buffer.from(bytes.subarray(from, to)), { near, inheritedTime });
    },
  };
}

/** What tells the meaning of a record, as text; a character that is cut is left out. */
function beginningOf(bytes: Buffer): string {
  if (bytes.length <= meaningBytes) return bytes.toString('utf8');
  return new StringDecoder('utf8').write(bytes.subarray(0, meaningBytes));
}

function createRecord(bytes: Buffer, context: RecordContext): LogRecord {
  const terminated = bytes.at(-1) === 0x0a;
  return new LazyRecord(terminated ? bytes.subarray(0, -1) : bytes, terminated, context);
}
