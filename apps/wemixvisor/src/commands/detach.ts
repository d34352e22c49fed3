import { Command, Option } from 'clipanion';
import { exitCodes } from '../exit-codes.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor detach`: ends the supervisor and leaves the node running. */
export class DetachCommand extends AppCommand {
  static override readonly paths = [['detach']];
  static override readonly usage = Command.Usage({
    description: 'end the supervisor and leave the node running',
    details: `
      The next \`start\` adopts the node: same process, uptime and counters. So wemixvisor can be upgraded without
      touching the node. Until then nothing restarts the node if it crashes.
      Exit code: 0, also when no supervisor runs.
    `,
    examples: [['Upgrade wemixvisor', '$0 detach && npm install -g wemixvisor && $0 start']],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const status = await this.askSupervisor((client) => client.detach());
    if (status === undefined) {
      this.say('no supervisor is running');
      const { inspectHome } = await import('../control/inspect-home.ts');
      const left = await inspectHome(this.homePaths, Date.now());
      return this.ended({ outcome: 'no_supervisor', ...left }, exitCodes.ok);
    }
    if (status.pid === null) {
      this.say('the supervisor has ended; no node is running');
    } else {
      this.say(
        `the supervisor has ended; the node (pid ${status.pid}) keeps running, unwatched until the next start`,
      );
    }
    return this.ended({ outcome: 'detached', status }, exitCodes.ok);
  }
}
