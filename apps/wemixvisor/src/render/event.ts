import { sanitizeTerminal } from '@wemixvisor/logs';
import type { EventReport } from '../report/event-report.ts';
import { paint } from './fit-screen.ts';
import { localTime } from './local-time.ts';

const styles = { info: undefined, warn: 'yellow', error: 'red' } as const;

/** Columns of the kind of an event; the longest, such as `log-truncated-by-other`, are rare and cut. */
const kindColumns = 18;

/** An event as a line: `2026-11-28 14:03:10  state              the node is running (pid 4711)`. */
export function renderEvent({ time, level, event, message }: EventReport, colour: boolean): string {
  const style = colour ? styles[level] : undefined;
  const words = sanitizeTerminal(message);
  const name = sanitizeTerminal(event);
  const kind = name.length > kindColumns ? `${name.slice(0, kindColumns - 1)}…` : name;
  return `${localTime(Date.parse(time))}  ${kind.padEnd(kindColumns)} ${style === undefined ? words : paint(style, words)}`;
}
