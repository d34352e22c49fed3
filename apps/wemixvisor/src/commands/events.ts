import { Command, Option } from 'clipanion';
import { parseTimeExpression } from '@wemixvisor/logs';
import { AppError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderEvent } from '../render/event.ts';
import { readEvents } from '../state/read-events.ts';
import { AppCommand } from './app-command.ts';
import { leastLevel, lineCount } from './logs/log-request.ts';
import { readLogs } from './logs/read-logs.ts';

/** `wemixvisor events`: the timeline of a home, straight from the journal of its supervisors. */
export class EventsCommand extends AppCommand {
  static override readonly paths = [['events']];
  static override readonly usage = Command.Usage({
    description: 'show what happened and what was decided',
    details: `
      One line for each event, oldest first: what the node did, what the supervisor decided and why, what the operator
      asked for, which alerts were raised and sent. It works with the supervisor down.

      TIME is as in \`wemixvisor logs\`. Exit code: 0, 3 when no node was ever started, or 64 for a wrong expression.
    `,
    examples: [
      ['The last events', '$0 events'],
      ['Follow them', '$0 events -f'],
      ['What went wrong since yesterday', '$0 events --since yesterday --level warn'],
      ['For programs', '$0 events --json -n all'],
    ],
  });

  readonly follow = Option.Boolean('-f,--follow', false, {
    description: 'Show new events as they happen',
  });
  readonly lines = Option.String('-n,--lines,--tail', '50', {
    description: 'How many of the last events, or all (default 50)',
  });
  readonly since = Option.String('--since', { description: 'Not before this TIME' });
  readonly until = Option.String('--until', { description: 'Not after this TIME' });
  readonly level = Option.String('--level', {
    description: 'At least this LEVEL: info, warn or error',
  });
  readonly json = Option.Boolean('--json', false, { description: 'One JSON object a line' });

  override async execute(): Promise<number> {
    const { neverStarted, follow } = this;
    await readLogs(this.context, follow, async (signal) => {
      if (neverStarted !== undefined && follow) {
        this.warn(`wemixvisor: ${neverStarted}: waiting for its first event`);
      }
      await this.show(signal);
    });
    if (neverStarted !== undefined && !follow) {
      throw new AppError(neverStarted, { exitCode: exitCodes.notRunning });
    }
    return exitCodes.ok;
  }

  private async show(signal: AbortSignal): Promise<void> {
    const { stdout, interactive, colorDepth } = this.context;
    const colour = interactive && colorDepth > 1;
    const now = new Date();
    const time = (text: string | undefined) =>
      text === undefined ? null : parseTimeExpression(text, now);
    const events = readEvents(this.homePaths, {
      lines: lineCount(this.lines),
      follow: this.follow,
      since: time(this.since),
      until: time(this.until),
      level: leastLevel(this.level ?? 'info'),
      signal,
    });
    for await (const event of events) {
      const line = this.json ? JSON.stringify(event) : renderEvent(event, colour);
      stdout.write(`${line}\n`);
    }
  }
}
