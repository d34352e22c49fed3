import { setFlagsFromString } from 'node:v8';
import { Command, Option } from 'clipanion';
import { LogsError } from '@wemixvisor/logs';
import { AppError, usageError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { AppCommand } from './app-command.ts';
import { logRequest, sourcesOf, spanOf } from './logs/log-request.ts';
import { showLogs } from './logs/show-logs.ts';

/** `wemixvisor logs`: the node's log and the supervisor's own, straight from the files. */
export class LogsCommand extends AppCommand {
  static override readonly paths = [['logs']];
  static override readonly usage = Command.Usage({
    description: "show the node's log",
    details: `
      Reads the files, rotated ones too, so it works with the supervisor down. Filters combine; the order is always
      chronological; \`-n\` counts what passes the filters, a message of several lines as one. No match is not an error.

      TIME is one of 2026-11-23T12:00:00Z, 2026-11-23, "2026-11-23 12:00", 12:00, today, yesterday, now, 10m, "2h ago",
      @1795435200. PATTERN is a regular expression. LEVEL is one of crit, error, warn, info, debug, trace.
      Exit code: 0, or 64 for a wrong expression.
    `,
    examples: [
      ['Follow it', '$0 logs -f'],
      ['The last 20 warnings and worse', '$0 logs -n 20 --level warn'],
      ['Lines about peers in the last hour', '$0 logs -n all --since 1h --grep peer -i'],
      ['How the previous run ended', '$0 logs --run -1 -n 50'],
      [
        'The events of the supervisor among the lines of the node',
        '$0 logs --source all --since today',
      ],
    ],
  });

  readonly follow = Option.Boolean('-f,--follow', false, {
    description: 'Show new lines as they are written',
  });
  readonly lines = Option.String('-n,--lines,--tail', '100', {
    description: 'How many of the last lines, or all',
  });
  readonly since = Option.String('--since', { description: 'Not before this TIME' });
  readonly until = Option.String('--until', { description: 'Not after this TIME' });
  readonly run = Option.String('--run', {
    description: 'Only one run of the node: 0 the current or last one, -1 the one before',
  });
  readonly grep = Option.String('--grep', { description: 'Lines that match this PATTERN' });
  readonly ignoreCase = Option.Boolean('-i,--ignore-case', false, {
    description: 'Match letters in either case',
  });
  readonly invert = Option.Boolean('-v,--invert-match', false, {
    description: 'Lines that do not match',
  });
  readonly level = Option.String('--level', { description: 'At least this LEVEL' });
  readonly source = Option.String('--source', 'node', {
    description: 'Which log: node, supervisor, or all for both in order of time',
  });
  readonly json = Option.Boolean('--json', false, {
    description:
      'One JSON object a line: time, level, message, fields, source, and the line itself',
  });
  readonly raw = Option.Boolean('--raw', false, {
    description: 'Byte for byte as it was written, also on a terminal',
  });
  readonly rotate = Option.Boolean('--rotate', false, {
    description: 'Rotate the log of the node now, and show nothing of it',
  });

  override async execute(): Promise<number> {
    if (this.rotate) return this.rotateNow();
    // Lines become garbage at once: a growing young generation would only keep more of it.
    setFlagsFromString('--semi-space-growth-factor=1');
    const sources = sourcesOf(this.source);
    const { context } = this;
    const abort = new AbortController();
    // Without --follow, Ctrl-C ends the process, even during a slow search in a long line.
    const stop = this.follow ? context.onSignal('SIGINT', () => abort.abort()) : () => {};
    // Nothing more is shown; whether the program has failed by that, its exit code says.
    context.stdout.on('error', () => abort.abort());
    try {
      const span = this.run === undefined ? null : spanOf(this.run, this.homePaths);
      const request = logRequest(this, abort.signal);
      const { json, raw } = this;
      const { neverStarted } = this;
      if (neverStarted !== undefined && this.follow) {
        this.warn(`wemixvisor: ${neverStarted}: waiting for its log`);
      }
      await showLogs(context, this.homePaths, { sources, span, json, raw }, request);
      if (neverStarted !== undefined && !this.follow) {
        throw new AppError(neverStarted, { exitCode: exitCodes.notRunning });
      }
    } catch (error) {
      throw error instanceof LogsError ? usageError(error.message) : error;
    } finally {
      stop();
    }
    return exitCodes.ok;
  }

  private async rotateNow(): Promise<number> {
    const reply = await this.askSupervisor((client) => client.rotateLog());
    if (reply === undefined) {
      throw new AppError('no supervisor is running to rotate the log: wemixvisor start', {
        exitCode: exitCodes.notRunning,
      });
    }
    if (!reply.rotated) throw new AppError(`the log was not rotated: ${reply.reason}`);
    const { bytes, pause_ms: pauseMs, segment } = reply;
    const paused = pauseMs === 0 ? 'not paused' : `paused for ${pauseMs.toFixed(1)} ms`;
    if (this.json) this.sayJson({ schema: 1, ...reply });
    this.say(`rotated ${bytes} bytes to ${segment}; the node was ${paused}`);
    return exitCodes.ok;
  }
}
