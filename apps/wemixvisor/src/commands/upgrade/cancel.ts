import { Command, Option } from 'clipanion';
import { openControlClient } from '../../control/open-control-client.ts';
import { exitCodes } from '../../exit-codes.ts';
import { AppCommand } from '../app-command.ts';
import { followUpgrade } from './follow-upgrade.ts';

/** `wemixvisor upgrade cancel`: gives up an upgrade whose new program was not started yet. */
export class UpgradeCancelCommand extends AppCommand {
  static override readonly paths = [['upgrade', 'cancel']];
  static override readonly usage = Command.Usage({
    description: 'give up an upgrade before the new program is started',
    details: `
      One that waits is given up, and the node is untouched. Where the node is stopping or down for it already, the old program
      is started again. Once the new program runs, \`upgrade rollback\` takes it back.
      Exit code: 0 cancelled, 1 there is none or it is too late, 3 no supervisor runs.
    `,
    examples: [['Not now', '$0 upgrade cancel']],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const planned = await this.askSupervisor((client) => client.cancelUpgrade());
    if (planned === undefined) return this.fail('no supervisor is running', exitCodes.notRunning);
    const client = openControlClient(this.homePaths);
    await followUpgrade(this.context, {
      ...{ planned, waits: true },
      ask: () => client.upgrade(),
      say: (line) => this.say(line),
      sayJson: (report) => (this.json ? this.sayJson(report) : undefined),
    });
    return exitCodes.ok;
  }
}
