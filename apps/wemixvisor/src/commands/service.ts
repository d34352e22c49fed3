import { isDeepStrictEqual } from 'node:util';
import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import type { TypedOptions } from '../settings/resolve-settings.ts';
import { declared, settingNames, settings, type Settings } from '../settings/settings.ts';
import { longestStop } from '../settings/longest-stop.ts';
import { readLastStart, type LastStart } from '../state/launch-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { launchdLabel, serviceText, type ServiceFacts } from './service-text.ts';
import { SettingsCommand } from './settings-command.ts';

/** `wemixvisor service systemd|launchd`: prints a service file that runs this node. */
export class ServiceCommand extends SettingsCommand {
  static override readonly paths = [['service']];
  static override readonly usage = Command.Usage({
    description: 'print a systemd unit or a launchd plist for this node',
    details: `
      For this system's own manager where none is named. Only prints the file, and on standard error where to put it. It contains the home, the program, the options given
      here and the node's arguments after \`--\`; what is not given is taken from the last start. Variables of this
      terminal do not reach a service: put them into config.toml. With --last-start the file names the home alone: the
      service repeats the last start of that home, so that no argument stands in a file that others can read, and a
      restart with other arguments needs no other file.

      The service runs the supervisor in the foreground. The system signals only the supervisor and waits longer than the
      node's grace period; a node whose supervisor died is adopted.
    `,
    examples: [
      [
        'A unit for a node of the user geth',
        '$0 service systemd --user geth --binary /usr/bin/geth -- --datadir /data > wemixvisor.service',
      ],
      ['The node of the last start, for macOS', '$0 service launchd'],
      [
        'A unit that repeats whatever was started last',
        '$0 service systemd --user geth --last-start',
      ],
    ],
  });

  readonly system = Option.String({ name: 'systemd|launchd', required: false });
  readonly user = Option.String('--user', {
    description: 'The user that runs the node; else the current one, unless it is root',
  });

  readonly lastStart = Option.Boolean('--last-start', false, {
    description: 'Name the home alone: the service repeats its last start',
  });

  override async execute(): Promise<number> {
    const { system = this.context.platform === 'darwin' ? 'launchd' : 'systemd' } = this;
    if (system !== 'systemd' && system !== 'launchd') {
      throw usageError(`"${system}" is not a service manager: must be systemd or launchd`);
    }
    if (this.lastStart && this.context.line.separated) {
      throw usageError('--last-start repeats the arguments of the last start: leave out the --');
    }
    const facts = this.facts();
    this.context.stdout.write(serviceText(system, facts));
    await this.advise(facts, system === 'systemd' ? systemdAdvice : launchdAdvice(facts.home));
    return exitCodes.ok;
  }

  private facts(): ServiceFacts {
    const { context, homePaths: paths } = this;
    const last = readLastStart(paths.launch);
    const { settings: effective, sources } = this.resolve(last);
    const config = sources.config === null ? [] : ['--config', sources.config];
    const own = ['--home', paths.home, ...config];
    const launch = this.lastStart ? [] : this.launchWords(effective, sources.options, last);
    const longest = longestStop(effective);
    const name = this.user ?? (context.uid === 0 ? '' : context.userName());
    return {
      command: [...context.self, 'start', '--foreground', ...own, ...launch],
      home: paths.home,
      user: name === '' ? null : name,
      stopTimeoutMs: Number.isFinite(longest) ? longest : 0,
    };
  }

  /** The options and the node's arguments that a start is given. */
  private launchWords(
    effective: Settings,
    options: TypedOptions,
    last: LastStart | undefined,
  ): readonly string[] {
    const { file, args, cwd } = this.commandOf(effective, last);
    return [...optionArguments({ ...options, binary: file, workdir: cwd }), '--', ...args];
  }

  private async advise({ command, user }: ServiceFacts, whereToPutIt: string): Promise<void> {
    this.warn(whereToPutIt);
    if (user === null) {
      this.warn('it sets no user: use --user NAME, a node does not need root');
    }
    const variables = Object.keys(declared.variablesIn(this.context.env));
    if (variables.length > 0) {
      this.warn(`not in the service, put them into config.toml: ${variables.join(', ')}`);
    }
    const { redactSecrets } = await import('@wemixvisor/passthrough');
    if (!isDeepStrictEqual(redactSecrets(command), command)) {
      this.warn('it contains a secret of the command line: chmod 600 it, or give the node a file');
    }
  }
}

/** Options as arguments of a command line. */
function optionArguments(options: TypedOptions): readonly string[] {
  return settingNames.flatMap((name) => {
    const { option } = settings[name];
    const typed = options[name];
    if (option === null || typed === undefined) return [];
    const values: readonly unknown[] = Array.isArray(typed) ? typed : [typed];
    return values.map((value) => `${option}=${value as string | boolean}`);
  });
}

const systemdAdvice =
  'put it into /etc/systemd/system/wemixvisor.service, then: systemctl daemon-reload && systemctl enable --now wemixvisor';

const launchdAdvice = (home: string) =>
  `put it into /Library/LaunchDaemons/${launchdLabel(home)}.plist as root:wheel, then: launchctl bootstrap system /Library/LaunchDaemons/${launchdLabel(home)}.plist`;
