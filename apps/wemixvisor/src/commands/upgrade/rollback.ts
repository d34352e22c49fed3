import { Command, Option } from 'clipanion';
import { exitCodes } from '../../exit-codes.ts';
import { upgradeExitCode, UpgradeOrderCommand } from './follow-upgrade.ts';

/** `wemixvisor upgrade rollback`: brings back the program that ran before. */
export class UpgradeRollbackCommand extends UpgradeOrderCommand {
  static override readonly paths = [['upgrade', 'rollback']];
  static override readonly usage = Command.Usage({
    description: 'bring back the program that ran before the last upgrade',
    details: `
      While the new program is watched, the old one returns at once. After that it is an upgrade of its own, to the old program
      with the arguments that it had, and is checked as one: a program that cannot read the data as it is now is refused.
      With --restore the data that the upgrade had copied by --backup is put back first; what was written since is lost.
      Exit code: 0 the old program runs, 1 refused or there is nothing to go back to, 3 no supervisor runs.
    `,
    examples: [
      ['Back to the program before', '$0 upgrade rollback'],
      ['And to its data', '$0 upgrade rollback --restore'],
    ],
  });

  readonly restore = Option.Boolean('--restore', false, {
    description: 'Put back the data that --backup had copied',
  });
  readonly force = Option.Boolean('--force', false, {
    description: 'Go back whatever the checks say',
  });

  override async execute(): Promise<number> {
    const { restore, force } = this;
    const planned = await this.askSupervisor((client) =>
      client.rollbackUpgrade({ restore, force }),
    );
    if (planned === undefined) return this.fail('no supervisor is running', exitCodes.notRunning);
    const before = planned.upgrade?.id;
    const report = await this.follow(planned);
    const reached = report.upgrade;
    // An upgrade that was watched has gone back as it was asked to.
    return reached?.id === before && reached?.reason === takenBack
      ? exitCodes.ok
      : upgradeExitCode(report);
  }
}

const takenBack = 'the operator took it back';
