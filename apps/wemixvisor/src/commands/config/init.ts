import { resolve } from 'node:path';
import { Command, Option } from 'clipanion';
import writeFileAtomic from 'write-file-atomic';
import { AppError, messageOf } from '../../app-error.ts';
import { configTemplate } from '../../settings/config-template.ts';
import { requireOwnHome } from '../../settings/require-own-home.ts';
import { exitCodes } from '../../exit-codes.ts';
import { writeNewFile } from '../../state/write-new-file.ts';
import { AppCommand } from '../app-command.ts';

/** `wemixvisor config init`: writes a config.toml with every setting, explained and commented out. */
export class ConfigInitCommand extends AppCommand {
  static override readonly paths = [['config', 'init']];
  static override readonly usage = Command.Usage({
    description: 'write a config.toml that explains every setting',
    details: `
      Writes into the home, readable for its owner only, and never overwrites a file without --force.
      The new file changes nothing: every setting is a comment.
    `,
    examples: [
      ['Create and edit it', '$0 config init && $EDITOR ~/.wemixvisor/config.toml'],
      ['Somewhere else', '$0 config init --config /etc/wemixvisor.toml'],
    ],
  });

  readonly config = Option.String('--config', {
    description: 'The file to write; else config.toml in the home',
  });
  readonly force = Option.Boolean('--force', false, {
    description: 'Overwrite an existing file',
  });

  override execute(): Promise<number> {
    const { cwd, uid } = this.context;
    requireOwnHome(this.homePaths.home, uid);
    const file = this.config === undefined ? this.homePaths.config : resolve(cwd, this.config);
    this.write(file);
    this.say(`wrote ${file}; after a change: wemixvisor config check && wemixvisor reload`);
    return Promise.resolve(exitCodes.ok);
  }

  private write(file: string): void {
    if (writeNewFile(file, configTemplate(), { withFolder: true })) return;
    if (!this.force) throw new AppError(`cannot write ${file}: it exists; --force overwrites it`);
    try {
      writeFileAtomic.sync(file, configTemplate(), { mode: 0o600 });
    } catch (error) {
      throw new AppError(`cannot write ${file}: ${messageOf(error)}`, { cause: error });
    }
  }
}
