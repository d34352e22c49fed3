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
}

/** What a start without arguments repeats. */
export interface LastStart extends StartSources {
  readonly launch: Launch;
}

/** Sources that name nothing: every setting has its default. */
export const noSources: StartSources = { options: {}, environment: {}, config: null };

/** Writes launch.json for its owner only (0600); durable when it returns. */
export function writeLaunchFile(file: string, { sources, launch, next }: LaunchFile): void {
  const { options, environment, config } = sources;
  const following = next === null ? {} : { next: launchToJson(next) };
  writeJsonFile(file, { launch: launchToJson(launch), ...following, options, environment, config });
}

/** Reads launch.json; undefined where there is none or it is damaged. */
export function readLaunchFile(file: string): LaunchFile | undefined {
  try {
    const value = readJsonFile(file) as Partial<StartSources & Record<'launch' | 'next', unknown>>;
    const { launch, next, options = {}, environment = {}, config = null } = value;
    if (!isLaunch(launch)) return undefined;
    return {
      sources: { options, environment, config },
      launch: launchFromJson(launch),
      next: isLaunch(next) ? launchFromJson(next) : null,
    };
  } catch {
    return undefined;
  }
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
