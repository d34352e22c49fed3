import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'clipanion';
import { AppError } from '../../app-error.ts';
import { readSettingsFile } from '../../settings/read-settings.ts';
import { declared } from '../../settings/settings.ts';
import { unfitSettings } from '../../settings/unfit-settings.ts';
import { exitCodes } from '../../exit-codes.ts';
import { AppCommand } from '../app-command.ts';

/** `wemixvisor config check`: lists all problems of the configuration file and the environment. */
export class ConfigCheckCommand extends AppCommand {
  static override readonly paths = [['config', 'check']];
  static override readonly usage = Command.Usage({
    description: 'check the configuration and list all problems',
    details: `
      Reads the file, or config.toml in the home, and the WEMIXVISOR_* and DAEMON_* variables, and changes nothing.
      Each problem is a line on standard error: file and line or variable, what is wrong, the nearest name. A warning names
      settings that do not work together, and files that are not there.
      Exit code: 0 when there is none, else 64.
    `,
    examples: [
      ['Before a reload', '$0 config check && $0 reload'],
      ['A file that is not in use yet', '$0 config check ./new.toml'],
    ],
  });

  readonly file = Option.String({ required: false, name: 'FILE' });
  readonly config = Option.String('--config', {
    description: 'The same file, as an option like that of start',
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override execute(): Promise<number> {
    const { cwd, env } = this.context;
    const named = this.file ?? this.config ?? (env['WEMIXVISOR_CONFIG'] || undefined);
    const file = named === undefined ? this.homePaths.config : resolve(cwd, named);
    const { problems, unfit } = this.examined(file, named !== undefined);
    const warnings = [...declared.unknownVariables(env), ...unfit];
    for (const line of warnings) this.warn(`wemixvisor: warning: ${line}`);
    for (const line of problems) this.warn(`wemixvisor: ${line}`);
    const exists = existsSync(file);
    if (this.json) this.sayJson({ schema: 1, file, exists, problems, warnings });
    if (problems.length > 0) return Promise.resolve(exitCodes.usage);
    this.say(exists ? `${file} is valid` : `there is no ${file}: the defaults apply`);
    return Promise.resolve(exitCodes.ok);
  }

  /** Problems in the order of their lines; where there are none, what of the settings does not work together. */
  private examined(path: string, required: boolean) {
    const { env, uid } = this.context;
    const environment = declared.variablesIn(env);
    try {
      const file = readSettingsFile(path, { required, uid });
      const { problems, settings } = declared.examine({ options: {}, environment, file });
      return {
        problems: problems.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })),
        unfit: problems.length > 0 ? [] : unfitSettings(settings, existsSync),
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { problems } = declared.examine({ options: {}, environment });
      return { problems: [error.message, ...problems], unfit: [] };
    }
  }
}
