import { as } from 'typanion';
import type { Kind } from './kind.ts';
import { settings, type SettingName } from './settings.ts';
import { written } from './write-value.ts';

/** What came of reading the value of a setting; `errors` is undefined for a good one. */
export interface SettingRead {
  readonly value: unknown;
  readonly errors: readonly unknown[] | undefined;
}

/** Reads an effective value of a setting, or one as an operator types it: 300000 and `5m` are the same. */
export function readSetting(name: SettingName, value: unknown): SettingRead {
  const { kind, fallback } = settings[name];
  // A setting that is not set has a default that its own check need not take.
  if (value === fallback) return { value, errors: undefined };
  const { schema } = kind as Kind<unknown>;
  return as(written(name, value), schema, { coerce: true, errors: true });
}
