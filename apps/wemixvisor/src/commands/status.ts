import { Command, Option } from 'clipanion';
import { inspectHome } from '../control/inspect-home.ts';
import type { StatusReport } from '../control/status-report.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { renderStatus } from '../render/status-table.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor status`: how the node is, with the supervisor up or down. */
export class StatusCommand extends AppCommand {
  static override readonly paths = [['status']];
  static override readonly usage = Command.Usage({
    description: 'show how the node is',
    details: `
      Exit code: 0 running, starting or stopping, 3 stopped, 1 crashed or in error, 4 unknown.
      It costs the node nothing: what it shows of its health was seen at the last check.
    `,
    examples: [
      ['For people', '$0 status'],
      ['For programs', '$0 status --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const now = Date.now();
    const { status, problem } = await inspectHome(this.homePaths, now);
    if (status === undefined) {
      this.warn(`wemixvisor: ${problem ?? `no node was ever started in ${this.homePaths.home}`}`);
      return problem === null ? exitCodes.notRunning : exitCodes.unknown;
    }
    if (this.json) this.say(JSON.stringify(status, null, 2));
    else this.context.stdout.write(renderStatus(status, now));
    return codes[status.state];
  }
}

const codes: Readonly<Record<StatusReport['state'], ExitCode>> = {
  running: exitCodes.ok,
  starting: exitCodes.ok,
  stopping: exitCodes.ok,
  upgrading: exitCodes.ok,
  stopped: exitCodes.notRunning,
  crashed: exitCodes.failed,
  error: exitCodes.failed,
};
