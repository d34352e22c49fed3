import { valueTypes, type ValueType } from '@wemixvisor/config-file';
import { settings, type SettingName } from './settings.ts';

/** The value of a setting as an operator types it: `5m`, `100MiB`, `A=1,B=2`. */
export function formatValue(name: SettingName, value: unknown): string {
  if (!Array.isArray(value)) return String(parseable(name, value));
  return value.some((item) => typeof item === 'object') ? JSON.stringify(value) : value.join(',');
}

/** The value of a setting as it stands in config.toml: `"5m"`, `5`, `["A=1"]`. */
export function formatToml(name: SettingName, value: unknown): string {
  return valueTypes.toTomlValue(parseable(name, value));
}

/** The value of a setting in the form that its type parses. */
export function parseable(name: SettingName, value: unknown): unknown {
  const type = settings[name].type as ValueType<unknown>;
  return typeof value === 'number' ? (type.format?.(value) ?? value) : value;
}
