import { Command, Option } from 'clipanion';
import { AppCommand } from './app-command.ts';
import { showVersion } from './version/show-version.ts';

/** `wemixvisor version`: this program's version. */
export class VersionCommand extends AppCommand {
  static override readonly paths = [['version']];
  static override readonly usage = Command.Usage({
    description: "show wemixvisor's version",
    details: `
      The version of wemixvisor; that of the node is in \`status\`.
    `,
    examples: [
      ['For people', '$0 version'],
      ['For programs', '$0 version --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override execute(): Promise<number> {
    return Promise.resolve(showVersion(this.context.stdout, this.json));
  }
}
