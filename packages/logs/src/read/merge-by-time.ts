import type { LogRecord } from './record/log-record.ts';

/** A record, and which log it stands in. */
export interface SourcedRecord {
  /** The name that the caller gave the log. */
  readonly source: string;
  readonly record: LogRecord;
}

/** The records of one log, in the order of the log. */
export interface RecordSource {
  readonly source: string;
  readonly records: Iterator<LogRecord, void>;
}

interface Head extends RecordSource {
  record: LogRecord;
  timeMs: number;
}

/** Merges logs by time, each in its own order; a record without a time goes with the one before it. Holds one record of each log at a time. */
export function* mergeByTime(sources: readonly RecordSource[]): Generator<SourcedRecord, void> {
  const [only, ...others] = sources;
  // The time of a record is read only where it decides.
  if (only !== undefined && others.length === 0) {
    for (let next = only.records.next(); next.done !== true; next = only.records.next()) {
      yield { source: only.source, record: next.value };
    }
    return;
  }
  let heads = sources.flatMap((source) => headOf(source) ?? []);
  while (heads.length > 0) {
    const earliest = heads.reduce((a, b) => (b.timeMs < a.timeMs ? b : a));
    yield { source: earliest.source, record: earliest.record };
    if (!advance(earliest)) heads = heads.filter((head) => head !== earliest);
  }
}

function headOf({ source, records }: RecordSource): Head | null {
  const { done, value } = records.next();
  if (done === true) return null;
  return { source, records, record: value, timeMs: value.time?.getTime() ?? -Infinity };
}

function advance(head: Head): boolean {
  const { done, value } = head.records.next();
  if (done === true) return false;
  head.record = value;
  head.timeMs = value.time?.getTime() ?? head.timeMs;
  return true;
}
