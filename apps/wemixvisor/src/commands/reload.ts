import { Command, Option } from 'clipanion';
import { exitCodes } from '../exit-codes.ts';
import { renderSettingChanges, titled } from '../render/setting-changes.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor reload`: the supervisor rereads its configuration; the node is not touched. */
export class ReloadCommand extends AppCommand {
  static override readonly paths = [['reload']];
  static override readonly usage = Command.Usage({
    description: 'apply a changed configuration; the node keeps running',
    details: `
      The supervisor rereads config.toml and applies changes of health, log, alerts, restarts and the grace period. It
      names the changes that wait for the next start of the node. Options and variables of the last start still take
      precedence over the file. A wrong file changes nothing. SIGHUP to the supervisor does the same.
      Exit code: 0 reloaded, 1 a change could not be applied, 3 no supervisor runs, 64 the configuration is wrong.
    `,
    examples: [
      ['Check, then apply', '$0 config check && $0 reload'],
      ['As JSON', '$0 reload --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const reply = await this.askSupervisor((client) => client.reload());
    if (reply === undefined) {
      const why = 'no supervisor is running; the next start reads the configuration';
      return this.fail(why, exitCodes.notRunning);
    }
    const { applied, at_next_start: later, overridden = [], problems } = reply;
    if (this.json) {
      this.sayJson({ schema: 1, applied, at_next_start: later, overridden, problems });
    } else {
      this.say(renderSettingChanges(reply) || 'nothing has changed');
      const beaten = titled(
        'not applied, as the last start set another value (wemixvisor restart keeps it):',
        overridden,
      );
      if (beaten.length > 0) this.say(beaten.join('\n'));
    }
    for (const problem of problems) this.warn(`wemixvisor: not applied: ${problem}`);
    return problems.length === 0 ? exitCodes.ok : exitCodes.failed;
  }
}
