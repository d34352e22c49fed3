import type { Level } from '../format/level.ts';
import { parseLogLine } from '../format/parse-log-line.ts';
import type { LogFormat, ParsedLine } from '../format/parsed-line.ts';

/** One record of the log: a line, or a message or crash report of several lines. What its bytes mean is worked out when first asked for. */
export interface LogRecord {
  /** Exactly what was written, without the last newline. */
  readonly bytes: Uint8Array;
  /** Whether a newline followed; false for an unfinished last line, and for each piece but the last of a line over 12 MiB. */
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
export interface RecordContext {
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
    return (this.#parsed ??= parseLogLine(this.bytes.toString('utf8'), this.#context));
  }

  get time(): Date | null {
    return this.#line.time ?? this.#context.inheritedTime();
  }

  get level(): Level | null {
    return this.#line.level;
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

/** Makes a record of bytes that end in a newline, or do not. */
export function createRecord(bytes: Buffer, context: RecordContext): LogRecord {
  const terminated = bytes.at(-1) === 0x0a;
  return new LazyRecord(terminated ? bytes.subarray(0, -1) : bytes, terminated, context);
}
