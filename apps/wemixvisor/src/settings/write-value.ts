import type { Kind } from './kind.ts';
import { settings, type SettingName } from './settings.ts';

/** The value of a setting as an operator types it: `5m`, `100MiB`, `A=1,B=2`. */
export function asTyped(name: SettingName, value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(written(name, value));
}

/** The value of a setting as it stands in config.toml: `"5m"`, `5`, `["A=1"]`. */
export function asToml(name: SettingName, value: unknown): string {
  // A text or a list of texts in JSON is one in TOML too, but for DEL, which TOML wants escaped.
  return JSON.stringify(written(name, value)).replaceAll('\u007f', String.raw`\u007f`);
}

/** The value of a setting in the form that its check reads. */
export function written(name: SettingName, value: unknown): unknown {
  const kind = settings[name].kind as Kind<unknown>;
  return typeof value === 'number' ? (kind.write?.(value) ?? value) : value;
}
