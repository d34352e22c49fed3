import { Command } from 'clipanion';
import { exitCodes } from '../../exit-codes.ts';
import { UpgradeOrderCommand } from './follow-upgrade.ts';

/** `wemixvisor upgrade cancel`: gives up an upgrade whose new program was not started yet. */
export class UpgradeCancelCommand extends UpgradeOrderCommand {
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

  override async execute(): Promise<number> {
    const planned = await this.askSupervisor((client) => client.cancelUpgrade());
    if (planned === undefined) return this.fail('no supervisor is running', exitCodes.notRunning);
    await this.follow(planned);
    return exitCodes.ok;
  }
}
