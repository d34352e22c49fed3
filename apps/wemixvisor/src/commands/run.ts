import { Command } from 'clipanion';
import { inspectHome } from '../control/inspect-home.ts';
import { SettingsCommand } from './settings-command.ts';

/** `wemixvisor run`: supervises in the foreground; all arguments go to the node. */
export class RunCommand extends SettingsCommand {
  static override readonly paths = [['run']];
  static override readonly usage = Command.Usage({
    description: "run the node in the foreground; all arguments are the node's",
    details: `
      All arguments after \`run\` go to the node, but for a lone \`--help\`: wemixvisor's own settings come from the environment and
      config.toml. Arguments with which the node never reached running are not repeated by a later \`start\`. The log goes to standard output. SIGTERM and Ctrl-C stop the node cleanly.
      Exit code: the node's own, or 128 + the signal that ended it; 64 when the configuration is wrong.
    `,
    examples: [['Run geth as a container would', '$0 run --datadir /data --http']],
  });

  override async execute(): Promise<number> {
    const { runInForeground } = await import('./start/run-in-foreground.ts');
    const request = await this.startRequest(undefined);
    const { status } = await inspectHome(this.homePaths, Date.now());
    if ((status?.pid ?? null) === null) {
      const { warnBeforeStart } = await import('./start/warn-before-start.ts');
      await warnBeforeStart(this.context, request, () => Promise.resolve(false));
    }
    return runInForeground({ context: this.context, paths: this.homePaths, request, stays: false });
  }
}
