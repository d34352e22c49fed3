import { Command, Option } from 'clipanion';
import { inspectHome } from '../control/inspect-home.ts';
import type { ForksReport } from '../report/forks-report.ts';
import { programVersion } from '../report/program-version.ts';
import { exitCodes } from '../exit-codes.ts';
import { readLastStart } from '../state/launch-file.ts';
import { SettingsCommand } from './settings-command.ts';

/** `wemixvisor forks`: the hard forks that the node knows, and what its network says. */
export class ForksCommand extends SettingsCommand {
  static override readonly paths = [['forks']];
  static override readonly usage = Command.Usage({
    description: 'show the hard forks that the node knows and lacks',
    details: `
      Asks the node over IPC (its own configuration, eth_config, the records of its peers) and the node of --reference-rpc-url,
      and compares with the releases that wemixvisor knows. With the node down its log and the table tell. It warns and changes
      nothing.
      Exit code: 0, or 1 where the network has or will have a fork that the node does not have.
    `,
    examples: [
      ['The node of this home', '$0 forks'],
      ['Before the first start', '$0 forks -- --hoodi'],
      ['For programs', '$0 forks --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const { context, homePaths: paths } = this;
    const last = context.line.separated ? undefined : readLastStart(paths.launch);
    const { launch, settings } = await this.startRequest(last);
    const { describeLaunch } = await import('../supervisor/describe-launch.ts');
    const { lookAtForks } = await import('../supervisor/look-at-forks.ts');
    const description = describeLaunch(launch, { ...settings, platform: context.platform });
    // Other arguments are of no node that runs.
    const { status } = last === undefined ? {} : await inspectHome(paths, Date.now());
    const pid = status?.pid ?? null;
    const verdict = await lookAtForks({ paths, description, pid, settings });
    const version = programVersion(launch.node);
    const node = { running: pid !== null, program: launch.file, version };
    const report: ForksReport = { schema: 1, ...node, ...verdict };
    if (this.json) this.sayJson(report);
    else {
      const { renderForks } = await import('../render/forks.ts');
      context.stdout.write(renderForks(report, Date.now()));
    }
    return report.missing === null ? exitCodes.ok : exitCodes.failed;
  }
}
