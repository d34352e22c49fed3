import { as } from 'typanion';
import type { Kind } from './kind.ts';
import { settings, type SettingName } from './settings.ts';
import { written } from './write-value.ts';

/** True for an effective value of a setting, or one as an operator types it: 300000 and `5m` are the same. */
export function isValueOf(name: SettingName, value: unknown): boolean {
  return check(name, value).errors === undefined;
}

/** The effective value of what {@link isValueOf} takes. */
export function readValue(name: SettingName, value: unknown): unknown {
  return check(name, value).value;
}

function check(name: SettingName, value: unknown) {
  const { kind, fallback } = settings[name];
  // A setting that is not set has a default that its own check need not take.
  if (value === fallback) return { value, errors: undefined };
  const { schema } = kind as Kind<unknown>;
  return as(written(name, value), schema, { coerce: true, errors: true });
}
