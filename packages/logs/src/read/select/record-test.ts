import type { ParsedLine } from '../../format/parsed-line.ts';
import type { TypedTests } from '../../where/typed-tests.ts';
import type { Required } from '../search/required.ts';

/** What a record says, where it has to be parsed for that. */
interface ParsedRecord extends Omit<ParsedLine, 'format'> {
  /** Its bytes, each piece valid until the next is asked for. */
  pieces(): Iterable<Uint8Array>;
  /** The same as text, in pieces that cut no character. */
  text(): Iterable<string>;
}

/** A record that is being tested; one object for all records of a reading. */
export interface Candidate {
  /** The bytes of a block; those of the record are `[from, to)`, without its last newline. */
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  /** False where the caller reads records in a format of its own: then the bytes say nothing by themselves. */
  readonly isReadable: boolean;
  /** False for a line that goes on in the file behind these bytes. */
  readonly isWhole: boolean;
  /** A moment at or after the record was written; undefined where only the record knows its time. */
  readonly near?: Date | undefined;
  /** The record itself, for what the bytes do not show. */
  record(): ParsedRecord;
}

/** A condition on the meaning of a record, such as `compileWhere` makes. */
export interface RecordTest {
  /** What each record that passes contains, so that others need not be tested; null where there is nothing. */
  readonly required: Required | null;
  passes(candidate: Candidate): boolean;
  /** What it was compiled from, by which another thread can compile it once more. @default none, and no other thread is asked */
  readonly typed?: TypedTests | undefined;
  /** Told where the same records are going to be tested once more. */
  again?(): void;
}
