import { Option } from 'clipanion';
import { resolve } from 'node:path';
import { readConfigFile } from '../config/config-file.ts';
import { findBinary } from '../config/find-binary.ts';
import { nodeEnvironment } from '../config/node-environment.ts';
import { resolveSettings, type TypedOptions } from '../config/resolve-settings.ts';
import { settingNames, settings, type SettingName } from '../config/settings.ts';
import { flag, variables } from '../config/kinds.ts';
import type { StartRequest } from '../control/operations.ts';
import type { LastStart } from '../control/state-file.ts';
import { AppCommand } from './app-command.ts';

/** A command that takes every setting as an option; the options come from the one list of settings. */
export abstract class SettingsCommand extends AppCommand {
  readonly config = Option.String('--config', {
    description: 'The configuration file; else config.toml in the home',
  });

  constructor() {
    super();
    for (const name of settingNames) {
      const option = optionOf(name);
      if (option !== undefined) Object.assign(this, { [property(name)]: option });
    }
  }

  /** The settings that were typed. */
  private typedOptions(): TypedOptions {
    const typed = this as unknown as Readonly<Record<string, unknown>>;
    const all = settingNames.map((name) => [name, typed[property(name)]] as const);
    return Object.fromEntries(all.filter(([, value]) => value !== undefined));
  }

  /**
   * What this command line asks for. What is not said now is repeated from `last`: the program, the folder, each
   * option, and without a `--` the node's arguments. The environment is always today's.
   */
  protected async plan(last: LastStart | undefined): Promise<StartRequest> {
    const { cwd, env, nodeArguments, separated } = this.context;
    const options = { ...last?.options, ...this.typedOptions() };
    const { settings: effective } = resolveSettings({
      options,
      environment: env,
      file: this.readConfig(),
    });
    const named = effective.binary ?? last?.launch.binary ?? null;
    const binary = findBinary(named, { cwd, searchPath: env['PATH'] });
    const { detectNode } = await import('../preflight/detect-node.ts');
    return {
      options,
      settings: effective,
      launch: {
        binary,
        node: await detectNode(binary, this.homePaths.versions),
        args: separated ? nodeArguments : (last?.launch.args ?? nodeArguments),
        env: nodeEnvironment(env, effective.env),
        cwd: resolve(cwd, effective.workdir ?? last?.launch.cwd ?? '.'),
      },
    };
  }

  private readConfig() {
    const named = this.config === undefined ? undefined : resolve(this.context.cwd, this.config);
    return readConfigFile(named ?? this.homePaths.config, { required: named !== undefined });
  }
}

const property = (name: SettingName) => `setting-${name}`;

function optionOf(name: SettingName): unknown {
  const { kind, option, help, fallback } = settings[name];
  if (option === null) return undefined;
  const standard = fallback === null || Array.isArray(fallback) ? '' : ` (default ${shown(name)})`;
  const description = `${help}${standard}`;
  if (kind === flag) return Option.String(option, { description, tolerateBoolean: true });
  if (kind === variables) return Option.Array(option, { description });
  return Option.String(option, { description });
}

/** A default as an operator would type it. */
function shown(name: SettingName): string {
  const { fallback, kind } = settings[name];
  if (typeof fallback !== 'number') return String(fallback);
  if (kind === settings.logMaxSize.kind) return `${fallback / 1024 ** 2}MiB`;
  if (kind !== settings.stopTimeout.kind) return String(fallback);
  return fallback % 60_000 === 0 ? `${fallback / 60_000}m` : `${fallback / 1000}s`;
}
