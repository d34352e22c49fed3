import { readLog, sanitizeTerminal, type LogRecord } from '@wemixvisor/logs';
import type { DashboardFacts } from '@wemixvisor/dashboard';
import { messageOf } from '../../app-error.ts';
import type { HomePaths } from '../../state/home-paths.ts';

type Line = DashboardFacts['log'][number];

/** Lines that are kept: more than any screen has. */
const keptLines = 200;
/** Characters of a line that are kept: more than any screen is wide. */
const keptLength = 600;

const names = { node: 'node', supervisor: 'wemixvisor' } as const;

/** The last lines of a log as it grows. */
interface FollowedLog {
  lines(): readonly Line[];
  /** Begins anew, with the last lines that are at least this severe. */
  read(level: Line['level'], changed: () => void): void;
}

/** The last lines of a log, straight from its files: they are read with a supervisor and without. */
export function followLog(
  { logs: directory }: HomePaths,
  source: keyof typeof names,
  ends: AbortSignal,
): FollowedLog {
  let records: LogRecord[] = [];
  let failure: Line | null = null;
  let reading = new AbortController();
  const shown = new WeakMap<LogRecord, Line>();
  const lineOf = (record: LogRecord): Line => {
    const line = shown.get(record) ?? show(record, source);
    shown.set(record, line);
    return line;
  };

  async function follow(level: Line['level'], changed: () => void, signal: AbortSignal) {
    const options = { directory, name: names[source], lines: keptLines, follow: true };
    for await (const record of readLog({ ...options, level, signal })) {
      if (signal.aborted) return;
      records.push(record);
      if (records.length > 2 * keptLines) records = records.slice(-keptLines);
      changed();
    }
  }

  return {
    lines: (): readonly Line[] =>
      failure === null ? records.slice(-keptLines).map(lineOf) : [failure],
    read(level, changed) {
      reading.abort();
      reading = new AbortController();
      records = [];
      failure = null;
      const signal = AbortSignal.any([reading.signal, ends]);
      follow(level, changed, signal).catch((error: unknown) => {
        failure = { time: null, level: 'error', text: `unreadable: ${messageOf(error)}` };
        changed();
      });
    },
  };
}

function show({ time, level, message, fields }: LogRecord, source: keyof typeof names): Line {
  const context =
    source === 'node' ? Object.entries(fields).map(([key, value]) => ` ${key}=${value}`) : [];
  const text = sanitizeTerminal(`${message}${context.join('')}`.slice(0, keptLength));
  return { time, level, text };
}
