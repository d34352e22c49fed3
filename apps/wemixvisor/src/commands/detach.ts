import { Command } from 'clipanion';
import { SupervisorUnreachable } from '../control/client.ts';
import { openControlClient } from '../control/open-control-client.ts';
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

  override async execute(): Promise<number> {
    try {
      const { pid } = await openControlClient(this.homePaths).detach();
      this.say(
        pid === null
          ? 'the supervisor has left; there is no running node'
          : `the supervisor has left; the node (pid ${pid}) runs on unwatched until the next start`,
      );
      return exitCodes.ok;
    } catch (error) {
      if (!(error instanceof SupervisorUnreachable)) throw error;
      this.say('no supervisor is running');
      return exitCodes.ok;
    }
  }
}
