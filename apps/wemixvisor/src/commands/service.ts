import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { didYouMean } from '@wemixvisor/config-file';
import { quoteCommand, redactSecrets } from '@wemixvisor/passthrough';
import { findServiceUser } from '@wemixvisor/service-files';
import { Command, Option } from 'clipanion';
import { AppError, usageError } from '../app-error.ts';
import type { TypedOptions } from '../settings/resolve-settings.ts';
import { declared, settingNames, settings, type Settings } from '../settings/settings.ts';
import { longestStop } from '../settings/longest-stop.ts';
import { nodeEnvironment } from '../settings/node-environment.ts';
import { homeFolder, homePaths as pathsUnder, type HomePaths } from '../state/home-paths.ts';
import { readLastStart, type LastStart } from '../state/launch-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { writtenFolders } from './service/node-folders.ts';
import type { ServicePlan } from './service/service-plan.ts';
import { launchdLabel, serviceText, type ServiceFacts } from './service/service-text.ts';
import { SettingsCommand } from './settings-command.ts';

/** `wemixvisor service systemd|launchd`: prints or installs a service file that runs this node. */
export class ServiceCommand extends SettingsCommand {
  static override readonly paths = [['service']];
  static override readonly usage = Command.Usage({
    description: 'print or install a systemd unit or a launchd plist',
    details: `
      For this system's own manager where none is named. Prints the file, and on standard error where to put it. It contains the home, the program, the options given
      here and the node's arguments after \`--\`; what is not given is taken from the last start. Variables of this
      terminal do not reach a service: put them into config.toml. With --last-start the file names the home alone: the
      service repeats the last start of that home, so that no argument stands in a file that others can read, and a
      restart with other arguments needs no other file. The home is that of the service's user, unless one is named.

      The service runs the supervisor in the foreground. The system signals only the supervisor and waits longer than the
      node's grace period; a node whose supervisor died is adopted.

      With --install the unit is written, enabled and started, as root; a node that runs already is adopted as it is. With
      --uninstall the node is stopped and the unit is removed; home and data stay. To leave the node running: \`wemixvisor detach\` first.
    `,
    examples: [
      [
        'A unit for a node of the user geth',
        '$0 service systemd --user geth --binary /usr/bin/geth -- --datadir /data > wemixvisor.service',
      ],
      ['The node of the last start, for macOS', '$0 service launchd'],
      [
        'Install a unit that repeats whatever was started last',
        'sudo $0 service systemd --install --user geth --last-start',
      ],
      ['Stop the node and remove the unit', 'sudo $0 service systemd --uninstall'],
    ],
  });

  readonly system = Option.String({ name: 'systemd|launchd', required: false });
  readonly user = Option.String('--user', {
    description: 'The user that runs the node; else the current one, unless it is root',
  });
  readonly lastStart = Option.Boolean('--last-start', false, {
    description: 'Name the home alone: the service repeats its last start',
  });
  readonly install = Option.Boolean('--install', false, {
    description: 'Write the unit, enable and start it; needs root and systemd',
  });
  readonly uninstall = Option.Boolean('--uninstall', false, {
    description: 'Stop the node and remove the unit; needs root and systemd',
  });
  readonly unitName = Option.String('--name', 'wemixvisor', {
    description: 'The name of the unit, where a machine has several (default wemixvisor)',
  });

  /** The user that was named; null where none was, or the system knows none of that name. */
  private namedUser: ReturnType<typeof findServiceUser>['user'] = null;

  /** The paths of the home, which is that of the service's user. */
  protected override get homePaths(): HomePaths {
    const { context, namedUser } = this;
    const { home: homeDirectory, uid } = namedUser ?? {
      home: context.homeDirectory,
      uid: context.uid,
    };
    return pathsUnder(homeFolder(this.home, { ...context, homeDirectory }), {
      ...context,
      uid,
    });
  }

  /** The home has to belong to the user of the service. */
  protected override get ownerUid(): number {
    return this.namedUser?.uid ?? this.context.uid;
  }

  override async execute(): Promise<number> {
    const { context, install, uninstall, unitName } = this;
    const system = this.checkedSystem();
    const say = (line: string) => this.say(line);
    if (install || uninstall) this.requireRoot();
    if (uninstall) {
      const { uninstallService } = await import('./service/install-service.ts');
      return uninstallService(unitName, say);
    }
    this.findUser();
    const plan = this.plan();
    const { facts, obstacles } = plan;
    const text = serviceText(system, facts);
    if (install) {
      if (obstacles.length > 0) throw usageError(obstacles.join('; '));
      const { installService } = await import('./service/install-service.ts');
      await installService({
        ...plan,
        name: unitName,
        text,
        paths: this.homePaths,
        user: this.namedUser,
        say,
      });
      this.adviseOfContent(facts);
      return exitCodes.ok;
    }
    context.stdout.write(text);
    this.warn(system === 'systemd' ? systemdAdvice(unitName) : launchdAdvice(facts.home));
    for (const obstacle of obstacles) this.warn(obstacle);
    const missing = (facts.writable ?? []).filter((folder) => !existsSync(folder));
    if (missing.length > 0) this.warn(`make these before the first start: ${missing.join(', ')}`);
    this.adviseOfContent(facts);
    return exitCodes.ok;
  }

  private checkedSystem(): 'systemd' | 'launchd' {
    const { system = this.context.platform === 'darwin' ? 'launchd' : 'systemd' } = this;
    if (system !== 'systemd' && system !== 'launchd') {
      throw usageError(`"${system}" is not a service manager: must be systemd or launchd`);
    }
    if (this.lastStart && this.context.line.separated) {
      throw usageError('--last-start repeats the arguments of the last start: leave out the --');
    }
    if (system === 'launchd' && (this.install || this.uninstall)) {
      throw usageError(
        '--install and --uninstall are for systemd: leave them out, the file says what to do',
      );
    }
    if (!/^[\w:.-]+$/.test(this.unitName)) {
      throw usageError(
        `--name ${JSON.stringify(this.unitName)}: letters, digits, and any of : . _ -`,
      );
    }
    return system;
  }

  /** Refuses anybody but root, with the command to type instead: sudo takes neither PATH nor the home along. */
  private requireRoot(): void {
    const { context, uninstall, user, home } = this;
    const { env, line, self, uid } = context;
    if (uid === 0) return;
    const isHomeKnown = home !== undefined || (user !== undefined && !env['WEMIXVISOR_HOME']);
    const more = [
      ...(user === undefined ? ['--user', context.userName()] : []),
      ...(isHomeKnown ? [] : ['--home', this.homePaths.home]),
    ];
    const words = ['sudo', ...self, ...line.own, ...(uninstall ? [] : more)];
    const node = line.separated ? ['--', ...line.node] : [];
    const command = quoteCommand(redactSecrets([...words, ...node]));
    throw new AppError(`only root may do that: ${command}`);
  }

  private findUser(): void {
    const { user: name, install, context } = this;
    if (name === undefined) {
      if (install)
        throw usageError('name the user that runs the node, which does not need root: --user NAME');
      return;
    }
    const { user, known, make } = findServiceUser(name, { uid: context.uid });
    this.namedUser = user;
    if (user !== null) return;
    const how = make === null || context.platform === 'darwin' ? '' : ` (to make it: ${make})`;
    const text = `there is no user ${JSON.stringify(name)} here${didYouMean(name, known)}${how}`;
    const isHomeNamed = this.home !== undefined || Boolean(context.env['WEMIXVISOR_HOME']);
    // The file may be for another machine.
    if (install || !isHomeNamed) throw usageError(text);
    this.warn(text);
  }

  private plan(): ServicePlan {
    const { context, namedUser, homePaths: paths } = this;
    const last = readLastStart(paths.launch);
    const { settings: effective, sources } = this.resolve(last);
    const config = sources.config === null ? [] : ['--config', sources.config];
    const own = ['--home', paths.home, ...config];
    const launch = this.lastStart ? null : this.launchOf(effective, last);
    const env = nodeEnvironment({ HOME: namedUser?.home ?? context.env['HOME'] }, effective.env);
    const { platform } = context;
    const node = launch && { launch: { ...launch, env }, last: last?.launch, platform };
    const longest = longestStop(effective);
    const name = this.user ?? (context.uid === 0 ? '' : context.userName());
    const facts: ServiceFacts = {
      command: [
        ...context.self,
        'start',
        '--foreground',
        ...own,
        ...(launch ? launchWords(sources.options, launch) : []),
      ],
      reload: [...context.self, 'reload', '--home', paths.home],
      home: paths.home,
      user: name === '' ? null : name,
      stopTimeoutMs: Number.isFinite(longest) ? longest : 0,
      ...writtenFolders(paths, node),
    };
    const [program, ...files] = context.self;
    const needs = {
      programs: [program, ...(launch ? [launch.file] : [])],
      files: [...files, ...config.slice(1)],
      cwd: launch?.cwd ?? null,
      writable: facts.writable ?? [paths.home],
    };
    return { facts, launch, obstacles: namedUser?.obstacles(needs) ?? [] };
  }

  /** Where its user may not enter the present folder, the node runs in the home. */
  private launchOf(
    effective: Settings,
    last: LastStart | undefined,
  ): NonNullable<ServicePlan['launch']> {
    const launch = this.commandOf(effective, last);
    const {
      namedUser,
      homePaths: { home },
    } = this;
    if (effective.workdir !== null || namedUser?.may('x', launch.cwd) !== false) return launch;
    this.warn(
      `the node runs in ${home}, as the user ${namedUser.name} may not enter ${launch.cwd}: relative paths count from there`,
    );
    return { ...launch, cwd: home };
  }

  private adviseOfContent({ command, user }: ServiceFacts): void {
    if (user === null) {
      this.warn('it sets no user: use --user NAME, a node does not need root');
    }
    const variables = Object.keys(declared.variablesIn(this.context.env));
    if (variables.length > 0) {
      this.warn(`not in the service, put them into config.toml: ${variables.join(', ')}`);
    }
    if (!isDeepStrictEqual(redactSecrets(command), command)) {
      this.warn(secretAdvice);
    }
  }
}

/** The options and the node's arguments that a start is given. */
function launchWords(
  options: TypedOptions,
  { file, args, cwd }: NonNullable<ServicePlan['launch']>,
): readonly string[] {
  return [...optionArguments({ ...options, binary: file, workdir: cwd }), '--', ...args];
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

const systemdAdvice = (name: string) =>
  `put it into /etc/systemd/system/${name}.service, then: systemctl daemon-reload && systemctl enable --now ${name}; or let --install do it`;

const launchdAdvice = (home: string) =>
  `put it into /Library/LaunchDaemons/${launchdLabel(home)}.plist as root:wheel, then: launchctl bootstrap system /Library/LaunchDaemons/${launchdLabel(home)}.plist`;

const secretAdvice =
  'it contains a secret of the command line, which systemctl show and ps tell every user: give the node a file, or use --last-start';
