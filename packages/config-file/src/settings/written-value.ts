import { toTomlValue } from '../toml-value.ts';
import type { Setting } from './setting.ts';

/** The value of a setting as an operator types it: `5m`, `100 MiB`, `A=1,B=2`. */
export function formatValue({ type }: Setting<unknown>, value: unknown): string {
  if (!Array.isArray(value)) return String(written(type, value));
  return value.some((item) => typeof item === 'object') ? JSON.stringify(value) : value.join(',');
}

/** The value of a setting as it stands in the file: `"5m"`, `5`, `["A=1"]`. */
export function formatToml({ type }: Setting<unknown>, value: unknown): string {
  return toTomlValue(written(type, value));
}

/** The effective value of one that is effective already, or typed: 300000 and `5m` are the same. Undefined for anything else. */
export function readValue({ type, defaultValue }: Setting<unknown>, value: unknown): unknown {
  // A setting that is not set has a default that its own type need not accept.
  return value === defaultValue ? value : type.parse(written(type, value));
}

/** True for the value of a setting that is not set. */
export function isUnset(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

/** A value in the form that its type parses. */
function written(type: Setting<unknown>['type'], value: unknown): unknown {
  return typeof value === 'number' ? (type.format?.(value) ?? value) : value;
}
