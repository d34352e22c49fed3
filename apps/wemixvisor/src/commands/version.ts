import { Command, Option } from 'clipanion';
import { exitCodes } from '../exit-codes.ts';
import { AppCommand } from './app-command.ts';
import { showVersion } from '../version.ts';

/** `wemixvisor version`: this program's version. */
export class VersionCommand extends AppCommand {
  static override readonly paths = [['version']];
  static override readonly usage = Command.Usage({
    description: "show wemixvisor's version",
    details: `
      The version of wemixvisor; that of the node is in \`status\`. With --licences the licences of what the program
      contains from others.
    `,
    examples: [
      ['For people', '$0 version'],
      ['For programs', '$0 version --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  readonly licences = Option.Boolean('--licences', false, {
    description: 'Print the licences of what the program contains from others',
  });

  override execute(): Promise<number> {
    const { stdout } = this.context;
    if (!this.licences) return Promise.resolve(showVersion(stdout, this.json));
    stdout.write(this.context.thirdPartyLicences());
    return Promise.resolve(exitCodes.ok);
  }
}
