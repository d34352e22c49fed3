import { Command, Option } from 'clipanion';
import { readLastStart } from '../../state/launch-file.ts';
import { exitCodes } from '../../exit-codes.ts';
import { declared } from '../../settings/settings.ts';
import { renderConfigJson } from '../../render/config.ts';
import { SettingsCommand } from '../settings-command.ts';

/** `wemixvisor config show`: the settings that a start would use. */
export class ConfigShowCommand extends SettingsCommand {
  static override readonly paths = [['config', 'show']];
  static override readonly usage = Command.Usage({
    description: 'show every setting and where it comes from',
    details: `
      These are the settings that \`start\` would use now: options of the last start that it would repeat, the
      environment, config.toml and the defaults, in this order. The output is a config.toml itself; secrets are redacted.
      Exit code: 0, or 64 when the configuration is wrong.
    `,
    examples: [
      ['Where does each value come from?', '$0 config show --origin'],
      ['What would an option change?', '$0 config show --origin --stop-timeout 10m'],
    ],
  });

  readonly origin = Option.Boolean('--origin', false, {
    description: 'Show where each value comes from',
  });
  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override execute(): Promise<number> {
    const paths = this.homePaths;
    const resolved = this.resolve(readLastStart(paths.launch));
    if (this.json) {
      const { config } = resolved.sources;
      const place = { home: paths.home, configFile: config ?? paths.config };
      this.sayJson(renderConfigJson(resolved, place));
    } else {
      this.context.stdout.write(declared.toToml(resolved, { origin: this.origin }));
    }
    return Promise.resolve(exitCodes.ok);
  }
}
