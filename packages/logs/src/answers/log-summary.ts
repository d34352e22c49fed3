import type { LogRecord } from '../read/record/log-record.ts';

/** How a summary is written for people. */
export interface SummaryView {
  /** Characters of a line; a longer one is cut. */
  readonly columns: number;
  readonly colour: boolean;
}

/** What many records say together. Its memory does not grow with their number. */
export interface LogSummary {
  /** Takes one record in; the record is not kept. */
  add(source: string, record: LogRecord): void;
  /** The summary for people, with a newline at its end. */
  text(view: SummaryView): string;
  /** The summary for programs: times in RFC 3339, durations in milliseconds, sizes in bytes. */
  json(): unknown;
}
