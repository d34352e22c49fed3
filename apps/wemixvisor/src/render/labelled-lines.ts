import { sanitizeTerminal } from '@wemixvisor/logs';

/** A label and its text; without a text there is no line. */
export type Labelled = readonly [label: string, text: string | null];

/** A line for each text behind its label, in one column; no text commands a terminal. */
export function labelledLines(rows: readonly Labelled[]): readonly string[] {
  return rows.flatMap(([label, text]) =>
    text === null || text === ''
      ? []
      : [`${`${label}:`.padEnd(11)}${sanitizeTerminal(text.trim())}`],
  );
}
