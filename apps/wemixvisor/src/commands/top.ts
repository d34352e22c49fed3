import { Command } from 'clipanion';
import { AppError, usageError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { neverStarted } from '../state/home-paths.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor top`: the node, its supervisor and its log on the whole terminal, live. */
export class TopCommand extends AppCommand {
  static override readonly paths = [['top']];
  static override readonly usage = Command.Usage({
    description: 'watch the node live on the whole terminal',
    details: `
      State, head, peers, sync, CPU, memory and disk with their history, alerts, events and the last lines of the log. Costs the
      node nothing: its figures are those of the last check, and their age is shown. Goes on through a restart of the node or
      of the supervisor.
      Keys: l level of the log, t span of the history, e alerts and events, r restart, s stop, ? help, q quit. A restart
      and a stop are asked twice, and do what the commands of their name do. To quit leaves the node alone.
      With several homes on this machine, those of \`ps\`, Tab turns to the next one and Shift-Tab to the one before. Each
      key acts on the home whose name stands in the first line.
      Exit code: 0 it was quit, 64 it is not on a terminal that can show it.
    `,
    examples: [
      ['The node of the default home', '$0 top'],
      ['Another home first', '$0 top --home /srv/geth'],
    ],
  });

  override async execute(): Promise<number> {
    const { context, homePaths: paths } = this;
    const why = unsuitable(context);
    if (why !== null) {
      throw usageError(`top needs a terminal, and ${why}: see status --watch, or status --json`);
    }
    if (this.neverStarted !== undefined) {
      throw new AppError(neverStarted(paths), { exitCode: exitCodes.notRunning });
    }
    const { runDashboard } = await import('@wemixvisor/dashboard');
    const { createHomeRing } = await import('./top/home-ring.ts');
    const ring = createHomeRing(context, paths);
    try {
      const options = { colour: context.colorDepth > 1, unicode: showsUnicode(context.env) };
      await runDashboard({ source: ring.first, ...options });
    } finally {
      ring.close();
    }
    return exitCodes.ok;
  }
}

/** Why a terminal cannot show the screen; null for one that can. */
function unsuitable({ interactive, stdin, env }: TopCommand['context']): string | null {
  if (!interactive) return 'standard output is none';
  if (!('isTTY' in stdin && stdin.isTTY === true)) return 'standard input is none';
  const { TERM = '' } = env;
  return TERM === '' || TERM === 'dumb' ? `TERM=${TERM} has no screen` : null;
}

/** Without any word of the locale the terminal is taken for one of today; the Linux console lacks the characters. */
function showsUnicode(env: TopCommand['context']['env']): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'UTF-8';
  return env['TERM'] !== 'linux' && /utf-?8/i.test(locale);
}
