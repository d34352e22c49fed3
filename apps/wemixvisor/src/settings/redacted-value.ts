import { redactText } from '@wemixvisor/passthrough';
import { settings, type SettingName } from './settings.ts';
import { formatValue } from './format-value.ts';

/** Shown in place of a secret. */
export const redacted = 'REDACTED';

/** The value of a setting as it is typed, secrets redacted; `none` where it has none. */
export function redactedValue(name: SettingName, value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  return settings[name].secret ? redacted : redactText(formatValue(name, value));
}
