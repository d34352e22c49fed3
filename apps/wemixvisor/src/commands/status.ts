import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'clipanion';
import { terminalSize } from '../context.ts';
import { AppCommand } from './app-command.ts';
import { readStatus, showStatus } from './status/show-status.ts';
import { statusText } from './status/status-text.ts';
import { screenOf } from './status/write-status.ts';

/** `wemixvisor status`: the node's status, with the supervisor up or down. */
export class StatusCommand extends AppCommand {
  static override readonly paths = [['status']];
  static override readonly usage = Command.Usage({
    description: 'show node status',
    details: `
      Costs the node nothing: the health shown is that of the last check. With --watch the node is asked once, at the beginning.
      Exit code: 0 running, starting or stopping, 2 the same without a supervisor, 3 stopped, 1 crashed or in error, 4 unknown.
    `,
    examples: [
      ['For people', '$0 status'],
      ['For people, updated every second', '$0 status --watch'],
      ['For programs', '$0 status --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });
  readonly watch = Option.Boolean('-w,--watch', false, {
    description: 'Update every second, in place, until Ctrl-C; with --json one object a line',
  });

  override async execute(): Promise<number> {
    if (this.watch) return this.watchStatus();
    return showStatus({ context: this.context, paths: this.homePaths, json: this.json });
  }

  /** The exit code is that of the last status shown. */
  private async watchStatus(): Promise<number> {
    const { context } = this;
    const { stdout, interactive } = context;
    const { createRedraw } = await import('@wemixvisor/logs');
    const size = () => terminalSize(context);
    const redraw = createRedraw(
      stdout,
      () => size().columns,
      () => size().rows,
    );
    const screen = () => {
      const { columns, rows } = size();
      // The last column stays free: a line as wide as the terminal would wrap.
      return screenOf({ ...context, columns: columns - 1, rows });
    };
    const abort = new AbortController();
    const stop = context.onSignal('SIGINT', () => abort.abort());
    stdout.on('error', () => abort.abort());
    // Who watches wants figures of now. A node that is silent holds up nothing, and the status says what is wrong.
    this.askSupervisor((client) => client.health({ live: true })).catch(() => {});
    try {
      for (;;) {
        const { status, problem, code } = await readStatus(this.homePaths);
        if (this.json) stdout.write(`${JSON.stringify(status ?? null)}\n`);
        else {
          const text =
            status === undefined ? problem : await statusText(status, this.homePaths, screen());
          if (interactive) redraw.draw(text.trimEnd().split('\n'));
          else this.say(text);
        }
        await sleep(1_000, undefined, { signal: abort.signal }).catch(() => {});
        if (abort.signal.aborted) return code;
      }
    } finally {
      stop();
    }
  }
}
