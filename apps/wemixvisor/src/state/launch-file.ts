import type { StartSources } from '../settings/resolve-settings.ts';
import { launchFromJson, launchToJson, type Launch, type LaunchJson } from './launch.ts';
import { readJsonFile } from './read-json-file.ts';
import { writeJsonFile } from './write-json-file.ts';

/** What the operator last started the node with. It holds the secrets of the home: arguments and environment, whole. */
export interface LaunchFile {
  /** Where the settings of the last start came from. */
  readonly sources: StartSources;
  /** What the present process runs, or the next one will where none does. */
  readonly launch: Launch;
  /** What the next process will run, where that differs: a restart with other arguments is under way. */
  readonly next: Launch | null;
  /** What last reached `running`; null where nothing has. */
  readonly good: LastStart | null;
  /** The commands of the upgrade in the record; null where none was ever planned. */
  readonly upgrade: UpgradeCommands | null;
}

/** What an upgrade leads from and to, by the id of its plan. */
interface UpgradeCommands {
  readonly id: unknown;
  readonly from: Launch | null;
  readonly to: Launch;
}

/** What a start without arguments repeats. */
export interface LastStart extends StartSources {
  readonly launch: Launch;
}

/** Sources that name nothing: every setting has its default. */
export const noSources: StartSources = { options: {}, environment: {}, config: null };

/** Writes launch.json for its owner only (0600); durable when it returns. */
export function writeLaunchFile(file: string, content: LaunchFile): void {
  const { sources, launch, next, good, upgrade } = content;
  const value = {
    ...startToJson({ ...sources, launch }),
    ...(next === null ? {} : { next: launchToJson(next) }),
    ...(good === null ? {} : { good: startToJson(good) }),
    ...(upgrade === null ? {} : { upgrade: upgradeToJson(upgrade) }),
  };
  writeJsonFile(file, value);
}

function upgradeToJson({ id, from, to }: UpgradeCommands) {
  return { id, from: from && launchToJson(from), to: launchToJson(to) };
}

function upgradeFromJson(value: unknown): UpgradeCommands | null {
  const { id, from, to } = Object(value) as Record<keyof UpgradeCommands, unknown>;
  if (!isLaunch(to)) return null;
  return { id, from: isLaunch(from) ? launchFromJson(from) : null, to: launchFromJson(to) };
}

function startToJson({ launch, options, environment, config }: LastStart) {
  return { launch: launchToJson(launch), options, environment, config };
}

/** Reads launch.json; undefined where there is none or it is damaged. */
export function readLaunchFile(file: string): LaunchFile | undefined {
  try {
    const value = readJsonFile(file);
    const { next, good, upgrade } = Object(value) as Record<'next' | 'good' | 'upgrade', unknown>;
    const last = startFromJson(value);
    if (last === undefined) return undefined;
    const { launch, ...sources } = last;
    const following = isLaunch(next) ? launchFromJson(next) : null;
    return {
      sources,
      launch,
      next: following,
      good: startFromJson(good) ?? null,
      upgrade: upgradeFromJson(upgrade),
    };
  } catch {
    return undefined;
  }
}

function startFromJson(value: unknown): LastStart | undefined {
  const start = Object(value) as Partial<StartSources> & { readonly launch?: unknown };
  const { launch, options = {}, environment = {}, config = null } = start;
  return isLaunch(launch)
    ? { launch: launchFromJson(launch), options, environment, config }
    : undefined;
}

/** What a start without arguments repeats: the launch that was asked for last. Undefined where nothing was started. */
export function readLastStart(file: string): LastStart | undefined {
  const read = readLaunchFile(file);
  return read === undefined ? undefined : { ...read.sources, launch: read.next ?? read.launch };
}

const isLaunch = (value: unknown): value is LaunchJson => {
  const { binary, args, env, cwd, node } = Object(value) as Record<string, unknown>;
  const isText = (one: unknown) => typeof one === 'string';
  const hasObjects = [env, node].every((one) => typeof one === 'object' && one !== null);
  return hasObjects && [binary, cwd].every(isText) && Array.isArray(args) && args.every(isText);
};
