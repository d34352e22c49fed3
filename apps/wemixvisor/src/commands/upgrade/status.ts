import { Command, Option } from 'clipanion';
import { exitCodes } from '../../exit-codes.ts';
import { renderPlan, renderStep } from '../../render/upgrade.ts';
import { plannedUpgradeReport, type UpgradeReport } from '../../report/upgrade-report.ts';
import { leftUpgrade } from '../../state/upgrade-history.ts';
import { AppCommand } from '../app-command.ts';

/** `wemixvisor upgrade status`: where an upgrade stands. */
export class UpgradeStatusCommand extends AppCommand {
  static override readonly paths = [['upgrade', 'status']];
  static override readonly usage = Command.Usage({
    description: 'show the upgrade that is planned, under way or was the last',
    details: `
      Shows the step, what the new program has shown so far, and what remains where it is held. Works without a supervisor:
      then it is what the last one left, and the next start goes on with it.
      Exit code: 0.
    `,
    examples: [
      ['Where does it stand?', '$0 upgrade status'],
      ['For programs', '$0 upgrade status --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const report = (await this.askSupervisor((client) => client.upgrade())) ?? this.left();
    if (this.json) this.sayJson(report);
    else this.say([renderStep(report), ...renderPlan(report, Date.now())].join('\n'));
    return exitCodes.ok;
  }

  /** What the last supervisor left. */
  private left(): UpgradeReport {
    const plan = leftUpgrade(this.homePaths);
    const upgrade = plan && plannedUpgradeReport(plan);
    return { schema: 1, upgrade, conditions: [], watch_ends_at: null, copied: null };
  }
}
