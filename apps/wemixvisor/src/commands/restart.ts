import { Command } from 'clipanion';
import { AppError } from '../app-error.ts';
import { clientOf } from '../control/client-of.ts';
import { askSupervisor } from '../control/reach-supervisor.ts';
import { readLastStart } from '../control/state-file.ts';
import { reportArrival } from './report-arrival.ts';
import { SettingsCommand } from './settings-command.ts';

/** `wemixvisor restart`: stops the node cleanly and starts it again, with new arguments if some are given. */
export class RestartCommand extends SettingsCommand {
  static override readonly paths = [['restart']];
  static override readonly usage = Command.Usage({
    description: 'stop the node cleanly and start it again',
    details: `
      Without \`--\` the node keeps its arguments; with \`--\` the new ones replace them all.
      Returns when the node is ready again or has failed.
    `,
    examples: [
      ['Restart as it was', '$0 restart'],
      ['Restart with other arguments', '$0 restart -- --datadir /data --http --maxpeers 100'],
    ],
  });

  override async execute(): Promise<number> {
    const { context, homePaths: paths } = this;
    const last = readLastStart(paths.launch);
    if (last === undefined) {
      throw new AppError('there is no node to restart: wemixvisor start -- OPTIONS');
    }
    const request = await this.plan(last);
    const { settings } = request;
    const { env, self } = context;
    const client = clientOf(paths);
    let before = -1;
    await askSupervisor(
      async (supervisor) => {
        before = (await supervisor.status()).generation;
        return supervisor.restart(request);
      },
      { paths, settings, env, self, onNotice: (notice) => this.warn(notice) },
    );
    const patience = settings.stopTimeout === 0 ? Infinity : settings.stopTimeout;
    return reportArrival(context, {
      paths,
      status: () => client.status(),
      isOld: ({ generation }) => generation <= before,
      timeoutMs: patience + settings.waitTimeout,
    });
  }
}
