import { once } from 'node:events';
import { Command, Option } from 'clipanion';
import type { Level, LogRecord, ReadOptions } from '@wemixvisor/logs';
import { usageError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor logs`: the node's log, straight from the files. */
export class LogsCommand extends AppCommand {
  static override readonly paths = [['logs']];
  static override readonly usage = Command.Usage({
    description: "show the node's log",
    details: `
      Reads the files, rotated ones too, so it works with the supervisor down. Filters add up; the order is always
      that of time; \`-n\` counts what passes the filters. Nothing found is no error.

      TIME is one of 2026-11-23T12:00:00Z, 2026-11-23, "2026-11-23 12:00", 12:00, today, yesterday, now, 10m, "2h ago",
      @1795435200. PATTERN is a regular expression. LEVEL is one of crit, error, warn, info, debug, trace.
    `,
    examples: [
      ['Follow it', '$0 logs -f'],
      ['The last 20 warnings and worse', '$0 logs -n 20 --level warn'],
      ['What was said about peers in the last hour', '$0 logs -n all --since 1h --grep peer -i'],
    ],
  });

  readonly follow = Option.Boolean('-f,--follow', false, {
    description: 'Show new lines as they come',
  });
  readonly lines = Option.String('-n,--lines', '100', {
    description: 'How many of the last lines; all for every one',
  });
  readonly since = Option.String('--since', { description: 'Not before this time' });
  readonly until = Option.String('--until', { description: 'Not after this time' });
  readonly grep = Option.String('--grep', { description: 'Lines that match' });
  readonly ignoreCase = Option.Boolean('-i,--ignore-case', false, {
    description: 'Match letters in either case',
  });
  readonly invert = Option.Boolean('-v,--invert-match', false, {
    description: 'Lines that do not match',
  });
  readonly level = Option.String('--level', { description: 'At least this severe' });
  readonly json = Option.Boolean('--json', false, {
    description: 'One JSON object a line: time, level, message, fields, and the line itself',
  });

  override async execute(): Promise<number> {
    const { context } = this;
    const abort = new AbortController();
    const stop = context.onSignal('SIGINT', () => abort.abort());
    // A reader that has seen enough (| head) is a success, not an error.
    context.stdout.on('error', () => abort.abort());
    try {
      const { LogsError, readLog } = await import('@wemixvisor/logs');
      try {
        for await (const record of readLog(await this.request(abort.signal))) {
          const text = this.json ? asJson(record) : asWritten(record);
          if (!context.stdout.write(text)) await drained(context.stdout, abort.signal);
        }
      } catch (error) {
        throw error instanceof LogsError ? usageError(error.message) : error;
      }
    } finally {
      stop();
    }
    return exitCodes.ok;
  }

  private async request(signal: AbortSignal): Promise<ReadOptions> {
    const { parseTimeExpression } = await import('@wemixvisor/logs');
    const now = new Date();
    const time = (text: string | undefined) =>
      text === undefined ? null : parseTimeExpression(text, now);
    return {
      directory: this.homePaths.logs,
      name: 'node',
      lines: this.lineCount(),
      follow: this.follow,
      since: time(this.since),
      until: time(this.until),
      grep: this.grep ?? null,
      ignoreCase: this.ignoreCase,
      invert: this.invert,
      level: await this.leastLevel(),
      signal,
    };
  }

  private lineCount(): number | 'all' {
    if (this.lines === 'all') return 'all';
    if (/^\d{1,15}$/.test(this.lines)) return Number(this.lines);
    throw usageError(`-n: "${this.lines}" is not a number of lines, or all`);
  }

  private async leastLevel(): Promise<Level | null> {
    if (this.level === undefined) return null;
    const { levels, parseLevel } = await import('@wemixvisor/logs');
    const level = parseLevel(this.level);
    if (level !== null) return level;
    throw usageError(`--level: "${this.level}" is not one of ${levels.join(', ')}`);
  }
}

const newline = Buffer.from('\n');

/** A line as the node wrote it, byte for byte; the last one may have no end yet. */
function asWritten({ bytes, terminated }: LogRecord): Uint8Array {
  return terminated ? Buffer.concat([bytes, newline]) : bytes;
}

function asJson({ time, level, message, fields, bytes }: LogRecord): string {
  const line = Buffer.from(bytes).toString('utf8');
  return `${JSON.stringify({ time: time?.toISOString() ?? null, level, message, fields, line })}\n`;
}

async function drained(stream: NodeJS.WritableStream, signal: AbortSignal): Promise<void> {
  await once(stream, 'drain', { signal }).catch(() => {});
}
