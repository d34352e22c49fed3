import { Command, Option } from 'clipanion';
import { AppError, usageError } from '../app-error.ts';
import type { AppContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderSize } from '../render/size.ts';
import { AppCommand } from './app-command.ts';
import { findCrashReport } from '../state/crash-reports.ts';
import { logRequest, sourcesOf, spanOf } from './logs/log-request.ts';
import { mutePatterns } from './logs/mute-patterns.ts';
import { openPager } from './logs/pager.ts';
import { readLogs } from './logs/read-logs.ts';
import { refuseCombinations } from './logs/refuse-combinations.ts';
import { showLogs } from './logs/show-logs.ts';
import { viewOf } from './logs/log-view.ts';

/** `wemixvisor logs`: the node's log and the supervisor's own, straight from the files. */
export class LogsCommand extends AppCommand {
  static override readonly paths = [['logs']];
  static override readonly usage = Command.Usage({
    description: "show the node's log",
    details: `
      Reads the files, rotated ones too, so it works with the supervisor down. Filters combine; the order is always
      chronological; \`-n\` counts what passes the filters, a message of several lines as one. No match is not an error.

      CONDITION compares fields: KEY=VALUE, !=, <, <=, >, >=, ~PATTERN, !~PATTERN, or KEY alone where a line has it; joined by
      and, or, not and parentheses. Numbers may have commas, durations (200ms) and sizes (3GiB) are compared as such; \`level\`
      and \`message\` are keys too. Quote a value that has blanks.

      TIME is one of 2026-11-23T12:00:00Z, 2026-11-23, "2026-11-23 12:00", 12:00, today, yesterday, now, 10m, "2h ago",
      @1795435200. PATTERN is a regular expression. LEVEL is one of crit, error, warn, info, debug, trace.
      Exit code: 0, 1 an export or a pager failed, 3 no node was ever started, 64 an expression is wrong, 130 Ctrl-C ended an
      export to a file.
    `,
    examples: [
      ['Follow it', '$0 logs -f'],
      ['The last 20 warnings and worse', '$0 logs -n 20 --level warn'],
      ['Lines about peers in the last hour', '$0 logs -n all --since 1h --grep peer -i'],
      ['When were there few peers?', "$0 logs -n all --where 'peercount<3' --since today"],
      ['What came before each error?', '$0 logs -n all --level error -B 5'],
      ['Which errors are new since yesterday?', '$0 logs --errors --new --since yesterday'],
      ['What happened around the last crash?', '$0 logs --incident last'],
      ['How often does each message come?', '$0 logs --stats --by message --since 1h'],
      ['When did it begin?', '$0 logs --map --since 1d'],
      ['For a spreadsheet', '$0 logs export --since 1d --format csv --output log.csv'],
      ['How the previous run ended', '$0 logs --run -1 -n 50'],
      [
        'The events of the supervisor among the lines of the node',
        '$0 logs --source all --since today',
      ],
    ],
  });

  readonly action = Option.String({ required: false, name: 'export' });
  readonly follow = Option.Boolean('-f,--follow', false, {
    description: 'Show new lines as they are written',
  });
  readonly lines = Option.String('-n,--lines,--tail', {
    description: 'How many of the last lines, or all (default 100)',
  });
  readonly since = Option.String('--since', { description: 'Not before this TIME' });
  readonly until = Option.String('--until', { description: 'Not after this TIME' });
  readonly run = Option.String('--run', {
    description: 'One run: 0 the last one, -1 the one before',
  });
  readonly grep = Option.String('--grep', { description: 'Lines that match this PATTERN' });
  readonly message = Option.String('--message', {
    description: 'Lines whose message matches this PATTERN',
  });
  readonly where = Option.String('--where', {
    description: 'Lines whose fields fit this CONDITION',
  });
  readonly ignoreCase = Option.Boolean('-i,--ignore-case', false, {
    description: 'Match letters in either case',
  });
  readonly invert = Option.Boolean('-v,--invert-match', false, {
    description: 'Lines that do not match --grep',
  });
  readonly level = Option.String('--level', { description: 'At least this LEVEL' });
  readonly source = Option.String('--source', {
    description: 'Which log; all is both (default node)',
  });
  readonly afterContext = Option.String('-A,--after-context', {
    description: 'Lines after each that fits',
  });
  readonly beforeContext = Option.String('-B,--before-context', {
    description: 'Lines before each that fits',
  });
  readonly nearby = Option.String('-C,--context', {
    description: 'Lines before and after each that fits',
  });
  readonly around = Option.String('--around', {
    description: 'Lines before and after this TIME (20 each)',
  });
  readonly incident = Option.String('--incident', {
    description: 'Lines around an end that `crashes` lists',
  });
  readonly errors = Option.Boolean('--errors', false, {
    description: 'Each distinct error once, with its count',
  });
  readonly new = Option.Boolean('--new', false, {
    description: 'Of --errors those that began after --since',
  });
  readonly stats = Option.Boolean('--stats', false, {
    description: 'Counts, rates and percentiles of numbers',
  });
  readonly by = Option.String('--by', {
    description: 'Count by level, message or a key',
  });
  readonly map = Option.Boolean('--map', false, {
    description: 'Draw levels over time, with gaps and starts',
  });
  readonly fold = Option.Boolean('--fold', false, {
    description: 'Count repeated lines instead of showing them',
  });
  readonly mute = Option.Boolean('--mute', true, {
    description: 'Leave out what log.mute names; else --no-mute',
  });
  readonly json = Option.Boolean('--json', false, {
    description: 'One JSON object a line, or of a summary',
  });
  readonly raw = Option.Boolean('--raw', false, {
    description: 'Byte for byte, also on a terminal',
  });
  readonly pager = Option.Boolean('--pager', false, {
    description: 'Show it in $PAGER, else less',
  });
  readonly format = Option.String('--format', {
    description: 'What export writes (default ndjson)',
  });
  readonly output = Option.String('-o,--output', {
    description: 'Where export writes it, once it is whole',
  });
  readonly force = Option.Boolean('--force', false, {
    description: 'Let --output overwrite an existing file',
  });
  readonly rotate = Option.Boolean('--rotate', false, {
    description: "Rotate the node's log now and show nothing",
  });

  override async execute(): Promise<number> {
    if (this.rotate) return this.rotateNow();
    this.refuseWhatCannotBe();
    // Lines become garbage at once: a growing young generation would only keep more of it.
    this.context.setV8Flag('--semi-space-growth-factor=1');
    const { context, output: file, force } = this;
    if (file === undefined) await this.read(context);
    else {
      const { writeExport } = await import('./logs/write-export.ts');
      const to = { file, force };
      const { path, bytes } = await writeExport(context, to, (toFile) => this.read(toFile));
      this.say(`wrote ${path}: ${renderSize(bytes)}`);
    }
    return exitCodes.ok;
  }

  private read(context: AppContext): Promise<void> {
    return readLogs(context, this.follow, (signal) => this.show(context, signal));
  }

  private async show(context: AppContext, signal: AbortSignal): Promise<void> {
    const { homePaths: paths, neverStarted } = this;
    const sources = sourcesOf(this.source ?? (this.incident === undefined ? 'node' : 'all'));
    const span = this.run === undefined ? null : spanOf(this.run, paths);
    const isMuted = this.mute && this.action === undefined;
    const mute = isMuted ? await mutePatterns(context, paths, (line) => this.warn(line)) : [];
    const around =
      this.incident === undefined ? this.around : findCrashReport(paths, this.incident).report.at;
    const asked = logRequest(this, signal, { mute, around });
    if (neverStarted !== undefined && this.follow) {
      this.warn(`wemixvisor: ${neverStarted}: waiting for its log`);
    }
    const pager = this.pager && context.interactive ? openPager(context) : undefined;
    const view = { ...viewOf(this, asked.request, paths), sources, span };
    const target = pager === undefined ? context : { ...context, stdout: pager.stdin };
    // Whether an error is new, those before show.
    const request = this.new ? { ...asked.request, since: null } : asked.request;
    let told: readonly string[];
    try {
      told = await showLogs(target, paths, view, request, asked.conditions);
    } finally {
      await pager?.close();
    }
    for (const line of told) this.warn(`wemixvisor: ${line}`);
    if (neverStarted !== undefined && !this.follow) {
      throw new AppError(neverStarted, { exitCode: exitCodes.notRunning });
    }
  }

  private refuseWhatCannotBe(): void {
    const { action, lines, beforeContext, afterContext, nearby, follow, ...typed } = this;
    if (action !== undefined && action !== 'export') {
      throw usageError(`there is no command "logs ${action}": use wemixvisor logs or logs export`);
    }
    const options = Object.fromEntries(
      Object.entries(typed).map(([name, value]) => [`--${name}`, value]),
    );
    refuseCombinations({
      ...options,
      ...{ '-n': lines, '-A': afterContext, '-B': beforeContext, '-C': nearby, '-f': follow },
      export: action,
    });
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
    this.say(`rotated ${renderSize(bytes)} to ${segment}; the node was ${paused}`);
    return exitCodes.ok;
  }
}
