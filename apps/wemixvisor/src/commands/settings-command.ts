import { valueTypes } from '@wemixvisor/config-file';
import { Option } from 'clipanion';
import { resolve } from 'node:path';
import { readSettings } from '../settings/read-settings.ts';
import { findBinary } from '../settings/find-binary.ts';
import { keptVariables, nodeEnvironment } from '../settings/node-environment.ts';
import type { StartSources, TypedOptions } from '../settings/resolve-settings.ts';
import {
  declared,
  settingNames,
  settings,
  type ResolvedSettings,
  type SettingName,
  type Settings,
} from '../settings/settings.ts';
import { requireOwnHome } from '../settings/require-own-home.ts';
import type { StartRequest } from '../control/operations.ts';
import { readLastStart, type LastStart } from '../state/launch-file.ts';
import { trace } from '../trace.ts';
import { AppCommand } from './app-command.ts';

/** Base of the commands that take every setting as an option; the options come from the one list of settings. */
export abstract class SettingsCommand extends AppCommand {
  readonly config = Option.String('--config', {
    description: 'Configuration; else WEMIXVISOR_CONFIG, config.toml in the home',
  });

  constructor() {
    super();
    for (const name of settingNames) {
      const option = optionOf(name);
      if (option !== undefined) Object.assign(this, { [property(name)]: option });
    }
  }

  /** The settings that were typed as options. */
  private typedOptions(): TypedOptions {
    const typed = this as unknown as Readonly<Record<string, unknown>>;
    const all = settingNames.map((name) => [name, typed[property(name)]] as const);
    return Object.fromEntries(all.filter(([, value]) => value !== undefined));
  }

  /** The sources of this command's settings; options that are not typed now are repeated from `last`. */
  private sources(last: StartSources | undefined): StartSources {
    const { cwd, env } = this.context;
    const named = this.config ?? (env['WEMIXVISOR_CONFIG'] || undefined);
    return {
      options: { ...repeatable(last?.options ?? {}), ...this.typedOptions() },
      environment: declared.variablesIn(env),
      config: named === undefined ? (last?.config ?? null) : resolve(cwd, named),
    };
  }

  /** Whom home and configuration have to belong to. */
  protected get ownerUid(): number {
    return this.context.uid;
  }

  /** The settings of this command line, and where they come from. */
  protected resolve(last: StartSources | undefined): ResolvedSettings & {
    readonly sources: StartSources;
  } {
    const uid = this.ownerUid;
    requireOwnHome(this.homePaths.home, uid);
    const sources = this.sources(last);
    const resolved = readSettings(sources, { standard: this.homePaths.config, uid });
    trace('settings', () => describeOrigins(resolved));
    return { ...resolved, sources };
  }

  /**
   * The start that this command line asks for. The folder, each option and, without a `--`, the node's arguments are repeated from `last`
   * where they are not given now; the program is that of the last start in any case. The environment is always the present one.
   */
  protected async startRequest(last: LastStart | undefined): Promise<StartRequest> {
    const { env } = this.context;
    for (const warning of declared.unknownVariables(env)) this.warn(`wemixvisor: ${warning}`);
    const { settings: effective, sources } = this.resolve(last);
    const command = this.commandOf(effective, last);
    const { detectNode } = await import('../state/detect-node.ts');
    const node = await detectNode(command.file, this.homePaths.versions);
    const given = nodeEnvironment(env, effective.env);
    const { kept, notes } = keptVariables(last?.launch.env ?? given, given);
    for (const note of notes) this.warn(`wemixvisor: ${note}`);
    const launch = { ...command, node, env: { ...given, ...kept } };
    return { ...sources, options: repeatable(sources.options), settings: effective, launch };
  }

  /** The program, its arguments and its folder. */
  protected commandOf({ binary, workdir }: Settings, last: LastStart | undefined) {
    const { cwd, env, line } = this.context;
    // Other arguments are no other program.
    const known = binary ?? (last ?? readLastStart(this.homePaths.launch))?.launch.file ?? null;
    return {
      file: findBinary(known, { cwd, searchPath: env['PATH'], current: this.homePaths.current }),
      args: line.separated ? line.node : (last?.launch.args ?? []),
      cwd: resolve(cwd, workdir ?? last?.launch.cwd ?? '.'),
    };
  }
}

/** Options that a later start repeats, of those that this version knows: `--strict` is for the one that it was typed for. */
function repeatable(options: TypedOptions): TypedOptions {
  const names = settingNames.filter((name) => options[name] !== undefined && name !== 'strict');
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

/** Every setting that is not at its default, redacted, with its origin. */
function describeOrigins({ settings: effective, origins }: ResolvedSettings): string {
  const lines = settingNames.flatMap((name) => {
    const origin = origins[name];
    const value = declared.show(name, effective[name]);
    return origin.from === 'default' ? [] : [`${settings[name].key} = ${value} (${origin.name})`];
  });
  return lines.length === 0 ? 'all defaults' : lines.join(', ');
}

const property = (name: SettingName) => `setting-${name}`;

function optionOf(name: SettingName): unknown {
  const { type, option, brief, defaultValue } = settings[name];
  if (option === null) return undefined;
  const isUnset = defaultValue === null || defaultValue === false || Array.isArray(defaultValue);
  const description = isUnset ? brief : `${brief} (default ${declared.format(name, defaultValue)})`;
  if (type === valueTypes.flag)
    return Option.String(option, { description, tolerateBoolean: true });
  if (type === valueTypes.variables) return Option.Array(option, { description });
  return Option.String(option, { description });
}
