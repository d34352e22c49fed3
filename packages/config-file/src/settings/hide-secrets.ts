import { command, variables } from '../value-types.ts';
import type { Setting } from './setting.ts';

/** Hides the secrets within a text. */
export type Redact = (text: string) => string;

/** Shown in place of a secret. */
export const redacted = 'REDACTED';

/** A value without what may be secret in it, as the values of variables and the arguments of a program. */
export function withoutSecrets(
  { type, secret }: Setting<unknown>,
  value: unknown,
  redact: Redact,
): unknown {
  const hide = (word: unknown, index: number) => {
    if (secret || (type === command && index > 0)) return redacted;
    if (type === variables)
      return typeof word === 'string'
        ? word.replace(/^([A-Za-z_]\w*=)?[^]*/, `$1${redacted}`)
        : redacted;
    return redactTexts(word, redact);
  };
  return Array.isArray(value) ? value.map(hide) : hide(value, 0);
}

/** A text, or the texts of an object, without the secrets in it. */
function redactTexts(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  const texts = Object.entries(value).map(([key, one]) => [key, redactTexts(one, redact)]);
  return Object.fromEntries(texts);
}
