import { isDeepStrictEqual } from 'node:util';
import {
  declared,
  settingNames,
  settings,
  type SettingName,
  type Settings,
} from '../settings/settings.ts';

/** What a reload has to do. */
export interface ReloadPlan {
  /** The settings from now on: what needs a start of the node is as it was. */
  readonly settings: Settings;
  /** What of it is new, a line each. */
  readonly applied: readonly string[];
  /** What is new and has to wait for a start of the node, a line each. */
  readonly atNextStart: readonly string[];
}

/** Parts what has changed into what can be applied to a node that runs and what cannot. */
export function planReload(current: Settings, next: Settings): ReloadPlan {
  const changed = settingNames.filter((name) => !isDeepStrictEqual(current[name], next[name]));
  const now = changed.filter((name) => settings[name].takesEffect === 'reload');
  const later = changed.filter((name) => settings[name].takesEffect === 'start');
  const line = (name: SettingName) =>
    `${settings[name].key}: ${declared.show(name, current[name])} → ${declared.show(name, next[name])}`;
  return {
    settings: { ...current, ...Object.fromEntries(now.map((name) => [name, next[name]])) },
    applied: now.map(line),
    atNextStart: later.map(line),
  };
}

/** What the file says and what was given to the start beats, a line each; what is merged of both is in force. */
export function overriddenInFile(file: Settings, effective: Settings): readonly string[] {
  return settingNames.flatMap((name) => {
    const { key, defaultValue } = settings[name];
    const [wanted, given]: readonly unknown[] = [file[name], effective[name]];
    if (isDeepStrictEqual(wanted, defaultValue) || isIn(wanted, given)) return [];
    return [
      `${key}: ${declared.show(name, wanted)} in the file, but the start was given ${declared.show(name, given)}`,
    ];
  });
}

function isIn(value: unknown, other: unknown): boolean {
  if (Array.isArray(value) && Array.isArray(other))
    return value.every((one) => other.includes(one));
  return isDeepStrictEqual(value, other);
}
