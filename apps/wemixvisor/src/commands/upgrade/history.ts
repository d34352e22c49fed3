import { Command, Option } from 'clipanion';
import { exitCodes } from '../../exit-codes.ts';
import { renderHistory } from '../../render/upgrade.ts';
import { plannedUpgradeReport, type UpgradeHistoryReport } from '../../report/upgrade-report.ts';
import { readUpgradeHistory } from '../../state/upgrade-history.ts';
import { AppCommand } from '../app-command.ts';

/** `wemixvisor upgrade history`: the upgrades that are over. */
export class UpgradeHistoryCommand extends AppCommand {
  static override readonly paths = [['upgrade', 'history']];
  static override readonly usage = Command.Usage({
    description: 'list the upgrades of this home and how they ended',
    details: `
      The last 20, the newest last.
      Exit code: 0.
    `,
    examples: [
      ['All of them', '$0 upgrade history'],
      ['For programs', '$0 upgrade history --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override execute(): Promise<number> {
    const upgrades = readUpgradeHistory(this.homePaths).map(({ plan }) =>
      plannedUpgradeReport(plan),
    );
    const report: UpgradeHistoryReport = { schema: 1, upgrades };
    if (this.json) this.sayJson(report);
    else this.say(renderHistory(upgrades));
    return Promise.resolve(exitCodes.ok);
  }
}
