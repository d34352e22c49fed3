import type { Kind } from './kinds.ts';
import { settings, type SettingName } from './settings.ts';

/** The value of a setting as an operator types it: `5m`, `100MiB`, `A=1,B=2`. */
export function asTyped(name: SettingName, value: unknown): string {
  const { write } = settings[name].kind as Kind<unknown>;
  if (Array.isArray(value)) return value.join(',');
  return write === undefined || value === null ? String(value) : write(value);
}

/** The value of a setting as it stands in config.toml: `"5m"`, `5`, `["A=1"]`. */
export function asToml(name: SettingName, value: unknown): string {
  const { write } = settings[name].kind as Kind<unknown>;
  // A text or a list of texts in JSON is one in TOML too, but for DEL, which TOML wants escaped.
  const text = JSON.stringify(write === undefined || value === null ? value : write(value));
  return text.replaceAll('\u007f', String.raw`\u007f`);
}
