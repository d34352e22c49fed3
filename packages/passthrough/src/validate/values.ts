import { portFlags, wantedListeners } from '../derive/listeners.ts';
import { isFreeDiskLimit } from '../derive/minimum-free-disk.ts';
import type { ParsedFlag } from '../parse/parsed-arguments.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';
import { redactSecrets } from '../redact/redact-secrets.ts';
import type { Flag, FlagKind } from '../registry/flag.ts';
import { kindFor, wordsFor } from '../registry/look-up.ts';
import { expectedInstead } from '../values/check-value.ts';
import { parseGoDuration, parseGoInteger } from '../values/go-values.ts';
import type { Found, Rule } from './finding.ts';
import { shorten } from './names.ts';

/** Finds values that are missing or that geth cannot read, does not allow or silently changes. */
export const values: Rule = (configuration) =>
  configuration.parsed.flags.flatMap((parsedFlag) => {
    const { flag, value } = parsedFlag;
    if (flag === null) return [];
    const kind = kindFor(flag, configuration.context.target);
    if (value === null) return kind === 'bool' ? [] : [missing(parsedFlag)];
    return checkValue({ ...parsedFlag, flag, value }, kind, configuration);
  });

type Given = ParsedFlag & { readonly flag: Flag; readonly value: string };

function checkValue(
  given: Given,
  kind: FlagKind,
  configuration: NodeConfiguration,
): readonly Found[] {
  const { flag, value } = given;
  const expected = expectedInstead(kind, value);
  if (expected !== undefined) return [unreadable(given, expected)];
  const allowed = wordsFor(flag, configuration.context.target);
  if (allowed !== undefined) return isAllowed(given, allowed) ? [] : [notAllowed(given, allowed)];
  if (flag.name === 'datadir.minfreedisk') return freeDisk(given);
  return flag.range?.fatal === true && isUnused(flag, configuration) ? [] : range(given, kind);
}

/** Whether what the flag is for is off, so that nobody looks at its value. */
function isUnused({ name, replacement = name }: Flag, configuration: NodeConfiguration): boolean {
  if (name === 'rpc.telemetry.sample-ratio') {
    return !configuration.flagValues.enabled('rpc.telemetry');
  }
  const [server] = Object.entries(portFlags).find(([, flag]) => flag === replacement) ?? [];
  if (server === undefined) return false;
  return wantedListeners(configuration).every((listener) => listener.name !== server);
}

const missing = ({ typed, position }: ParsedFlag): Found => ({
  code: 'missing-value',
  severity: 'error',
  position,
  message: `${typed} needs a value and nothing follows it.`,
  remedy: 'Write the value after it, or remove it.',
});

function unreadable(given: Given, expected: string): Found {
  const { typed, flag, source, valuePosition } = given;
  const overrides =
    source === 'environment'
      ? ' An unreadable variable ends the start even when the flag is given too.'
      : '';
  return {
    code: 'bad-value',
    severity: 'error',
    position: valuePosition,
    message: `${shown(given)} is not a value for ${typed}.${overrides}`,
    remedy: `Give --${flag.name} ${expected}.`,
  };
}

/** An empty value is the default, except for `syncmode` and `gcmode`; a NAT method ignores case and may have an address. */
function isAllowed({ flag, value }: Given, allowed: readonly string[]): boolean {
  if (value === '') return flag.name !== 'syncmode' && flag.name !== 'gcmode';
  const word = flag.name === 'nat' ? value.toLowerCase().replace(/:[\s\S]*$/, '') : value;
  return allowed.includes(word);
}

function notAllowed(given: Given, allowed: readonly string[]): Found {
  const { flag, typed, valuePosition } = given;
  return {
    code: 'not-one-of',
    severity: flag.words?.enforced === true ? 'error' : 'warning',
    position: valuePosition,
    message: `${shown(given)} is not a value for ${typed}.`,
    remedy: `Use ${listed(allowed)}.`,
  };
}

const listed = (words: readonly string[]) =>
  words.length === 1
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

/** Up to 1.16 the flag is read as a path, so that anything but a number means 0: off (cmd/utils/cmd.go). */
function freeDisk(given: Given): readonly Found[] {
  const { value, typed, valuePosition } = given;
  if (isFreeDiskLimit(value) && parseGoInteger(value) !== 0n) return [];
  const isMeant = isFreeDiskLimit(value);
  return [
    {
      code: 'free-disk-check-off',
      severity: isMeant ? 'info' : 'warning',
      position: valuePosition,
      message: isMeant
        ? `${typed} 0 switches the free-disk check off.`
        : `${shown(given)} is no whole number, so ${typed} silently switches the free-disk check off.`,
      remedy: 'Give the limit in megabytes, as 2048.',
    },
  ];
}

function range(given: Given, kind: FlagKind): readonly Found[] {
  const limits = given.flag.range;
  if (limits === undefined) return [];
  const min =
    typeof limits.min === 'string' ? parseGoDuration(limits.min) : (limits.min ?? undefined);
  const amount = amountOf(given.value, kind);
  const isWithin =
    amount === undefined ||
    ((min === undefined || amount >= min) && (limits.max === null || amount <= limits.max));
  // 0 has a special meaning where it is the default.
  if (isWithin || (amount === 0 && given.flag.default === '0')) return [];
  return [
    {
      code: 'out-of-range',
      severity: limits.fatal === true ? 'error' : 'warning',
      position: given.valuePosition,
      message: `${shown(given)} is out of range for ${given.typed}: ${limits.note}.`,
      remedy: `Use ${limits.max === null ? `${limits.min ?? ''} or more` : `${limits.min ?? ''} to ${limits.max}`}.`,
    },
  ];
}

function amountOf(text: string, kind: FlagKind): number | undefined {
  if (kind === 'duration') return parseGoDuration(text);
  if (kind === 'float') return Number(text.replaceAll('_', ''));
  const integer = parseGoInteger(text);
  return integer === undefined ? undefined : Number(integer);
}

function shown({ flag, value }: Given): string {
  const [, redacted = ''] = redactSecrets([`--${flag.name}`, value]);
  return `"${shorten(redacted)}"`;
}
