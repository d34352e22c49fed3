import { nearestName } from '../command/nearest-name.ts';
import type { ParsedFlag } from '../parse/parsed-arguments.ts';
import { redactText } from '../redact/redact-text.ts';
import type { Flag } from '../registry/flag.ts';
import {
  allFlags,
  findFlag,
  findSubcommand,
  isDeprecatedIn,
  isKnownTo,
  newestGeth,
  newestGwemix,
  type Target,
} from '../registry/look-up.ts';
import { compareVersions } from '../registry/release.ts';
import type { Found, Rule } from './finding.ts';
import { removed, renamed } from './fix.ts';

/** Finds unknown flags, and words with a leading dash that are no flags. */
export const unknownNames: Rule = ({ parsed, context }) => [
  ...parsed.words
    .filter(({ role }) => role === 'malformed-flag')
    .map(({ position, text }): Found => ({
      code: 'malformed-flag',
      severity: 'error',
      position,
      message: `${shorten(redactText(text))} is not a flag: the node stops with "bad flag syntax".`,
      remedy: 'Write one or two dashes, a name, and for a value "=" or the next word.',
    })),
  ...parsed.flags
    .filter(({ flag, name }) => flag === null && !isOfSubcommand(parsed.subcommand, name))
    .map((flag) => unknownFlag(flag, context.target)),
];

function isOfSubcommand(subcommand: string | null, name: string): boolean {
  return (findSubcommand(subcommand ?? '')?.ownFlags ?? []).includes(name);
}

function unknownFlag(parsedFlag: ParsedFlag, target: Target): Found {
  const { name, typed, position } = parsedFlag;
  const glued = /^([^\s=]+)\s/.exec(name)?.[1];
  const known = glued === undefined ? undefined : findFlag(glued);
  if (known !== undefined) {
    return {
      code: 'glued-arguments',
      severity: 'error',
      position,
      message: `--${known.name} and what follows it reached the node as one word.`,
      remedy: 'Make them words of their own: no quotes around both.',
    };
  }
  const candidates = allFlags().filter((flag) => isKnownTo(flag, target));
  const nearest = nearestName(
    name,
    candidates.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]),
  );
  return {
    code: 'unknown-flag',
    // A fork may have more flags, and so may a release that is unknown or newer than the registry.
    severity: mayHaveMore(target) ? 'warning' : 'error',
    position,
    message: `${shorten(redactText(typed))} is no flag of ${programName(target)}.`,
    remedy: nearest === undefined ? 'Remove it.' : `Did you mean --${nearest}?`,
    replacement: nearest ?? null,
    fix: nearest === undefined ? removed(parsedFlag) : renamed(parsedFlag, nearest),
  };
}

/** A release newer than the registry may have more names than it; an unknown program too. */
export function mayHaveMore({ flavour, version }: Target): boolean {
  if (flavour === 'unknown' || version === null) return true;
  const newest = { geth: newestGeth, gwemix: newestGwemix, 'go-wbft': '1.0.0', gstable: '1.0.1' }[
    flavour
  ];
  return compareVersions(version, newest) > 0;
}

/** Finds flags that this release does not have (any more, or yet), and those it only warns about. */
export const outdatedFlags: Rule = ({ parsed, context: { target } }) =>
  parsed.flags.flatMap((parsedFlag) => {
    const { flag } = parsedFlag;
    if (flag === null || flag.builtin || target.flavour === 'unknown') return [];
    return isKnownTo(flag, target)
      ? deprecation(parsedFlag, flag, target)
      : [notInVersion(parsedFlag, flag, target)];
  });

function notInVersion(parsedFlag: ParsedFlag, flag: Flag, target: Target): Found {
  const { typed, position } = parsedFlag;
  return {
    code: 'flag-not-in-version',
    severity: 'error',
    position,
    message: `${typed} is no flag of ${programName(target)}, which refuses to start with it: ${history(flag, target)}.`,
    ...wayOut(parsedFlag, flag, target),
  };
}

function deprecation(parsedFlag: ParsedFlag, flag: Flag, target: Target): readonly Found[] {
  const { typed, position } = parsedFlag;
  if (!isDeprecatedIn(flag, target)) return [];
  const last = flag.geth?.[1];
  const removed =
    target.flavour === 'geth' && last !== undefined && last !== newestGeth
      ? ` geth after ${last} refuses to start with it.`
      : '';
  return [
    {
      code: 'deprecated',
      severity: 'warning',
      position,
      message: `${typed} is deprecated.${removed}`,
      ...wayOut(parsedFlag, flag, target),
    },
  ];
}

/** What to do about a flag that has no future: to use the one that replaced it, else to leave it out. */
function wayOut(parsedFlag: ParsedFlag, flag: Flag, target: Target) {
  const replacement = replacementOf(flag, target) ?? null;
  return replacement === null
    ? { remedy: 'Remove it.', replacement, fix: removed(parsedFlag) }
    : {
        remedy: `Use --${replacement} instead.`,
        replacement,
        fix: renamed(parsedFlag, replacement),
      };
}

function replacementOf({ name, replacement }: Flag, target: Target): string | undefined {
  const flag = replacement === undefined ? undefined : findFlag(replacement);
  if (flag === undefined || !isKnownTo(flag, target)) return undefined;
  // `--usb` replaced `--nousb` and means the opposite: what `--nousb` did became the default.
  if (name === `no${flag.name}`) return undefined;
  return flag.name;
}

/** Which releases have what this program has not. */
export function history(
  { geth, gwemix, goWbft }: Pick<Flag, 'geth' | 'gwemix' | 'goWbft'>,
  { flavour, version }: Target,
): string {
  if (flavour === 'geth' && geth !== undefined) {
    const [first, last] = geth;
    const isTooNew = version !== null && compareVersions(version, first) < 0;
    return isTooNew ? `it came with ${first}` : `the last one to have it was ${last}`;
  }
  const owners = [
    geth && `geth ${geth.join(' to ')}`,
    gwemix && 'gwemix',
    goWbft && 'gwemix 1.0 (go-wbft)',
  ].filter((owner) => typeof owner === 'string');
  return `only ${owners.join(' and ')} ${owners.length > 1 ? 'have' : 'has'} it`;
}

/** The name of the program in messages. */
export function programName({ flavour, version }: Target): string {
  if (flavour === 'unknown') return 'any geth or gwemix release known here';
  const name = flavour === 'go-wbft' ? 'gwemix (go-wbft)' : flavour;
  return version === null ? name : `${name} ${version}`;
}

/** Shortens and escapes a text, so that a message stays one readable line. */
export function shorten(text: string): string {
  const printable = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return printable.length > 60 ? `${printable.slice(0, 57)}...` : printable;
}
