import { valueTypes } from '@wemixvisor/config-file';
import { redactText } from '@wemixvisor/passthrough';
import { settings, type SettingName } from './settings.ts';
import { formatValue } from './format-value.ts';

/** Shown in place of a secret. */
export const redacted = 'REDACTED';

/** The value of a setting as it is typed, secrets redacted; `none` where it has none. */
export function redactedValue(name: SettingName, value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  return formatValue(name, withoutSecrets(name, value));
}

/** A text, or the texts of an object, without the secrets in it. */
function redactTexts(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redactTexts(one)]));
}

/** A value without what may be secret in it, as the values of variables and the arguments of a program. */
export function withoutSecrets(name: SettingName, value: unknown): unknown {
  const { type, secret } = settings[name];
  const hide = (word: unknown, index: number) => {
    if (secret || (type === valueTypes.command && index > 0)) return redacted;
    if (type === valueTypes.variables)
      return typeof word === 'string'
        ? word.replace(/^([A-Za-z_]\w*=)?[^]*/, `$1${redacted}`)
        : redacted;
    return redactTexts(word);
  };
  return Array.isArray(value) ? value.map(hide) : hide(value, 0);
}
