import { redactText } from '@wemixvisor/passthrough';
import { settings, type SettingName } from './settings.ts';
import { formatValue } from './format-value.ts';
import { command, variables } from './value-types.ts';

const redacted = 'REDACTED';

/** The value of a setting as it is typed, secrets redacted; `none` where it has none. */
export function redactedValue(name: SettingName, value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  return redactText(formatValue(name, withoutSecrets(name, value)));
}

/** A value without what may be secret in it: the values of variables, the arguments of a program. */
export function withoutSecrets(name: SettingName, value: unknown): unknown {
  const { type, secret } = settings[name];
  if (secret) return Array.isArray(value) ? value.map(() => redacted) : redacted;
  if (type !== variables && type !== command) {
    return typeof value === 'string' ? redactText(value) : value;
  }
  const words: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (type === command) return words.map((word, index) => (index === 0 ? word : redacted));
  return words.map((word) => String(word).replace(/^([A-Za-z_]\w*=)?[\s\S]*/, `$1${redacted}`));
}
