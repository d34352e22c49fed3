import { parseable } from './format-value.ts';
import { settings, type SettingName } from './settings.ts';

/** True for an effective value of a setting, or one as an operator types it: 300000 and `5m` are the same. */
export function isValueOf(name: SettingName, value: unknown): boolean {
  return readValue(name, value) !== undefined;
}

/** The effective value of what {@link isValueOf} accepts; undefined for anything else. */
export function readValue(name: SettingName, value: unknown): unknown {
  const { type, defaultValue } = settings[name];
  // A setting that is not set has a default that its own type need not accept.
  return value === defaultValue ? value : type.parse(parseable(name, value));
}
