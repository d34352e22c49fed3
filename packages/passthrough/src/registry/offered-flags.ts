import type { Flag } from './flag.ts';
import { allFlags, isDeprecatedIn, isKnownTo, kindFor, wordsFor, type Target } from './look-up.ts';

/** A flag as completion offers it. */
interface OfferedFlag {
  /** Without dashes, its own name first. */
  readonly names: readonly string[];
  /** What its help says. */
  readonly usage: string;
  /** The words that it takes, `path`, or `anything`; null for a switch, which takes no next word. */
  readonly values: readonly string[] | 'path' | 'anything' | null;
}

/** More numbers than these are no choice. */
const mostNumbers = 10;

/**
 * The flags of a program that are worth offering: those that are not deprecated, and do not end it at once. Empty for a program that is
 * neither geth nor gwemix.
 *
 * @example offeredFlags({ flavour: 'geth', version: '1.17.5' }).find(({ names }) => names[0] === 'gcmode')?.values; // ['full', 'archive']
 */
export function offeredFlags(target: Target): readonly OfferedFlag[] {
  if (target.flavour === 'unknown') return [];
  return allFlags()
    .filter((flag) => isKnownTo(flag, target) && !isDeprecatedIn(flag, target) && !flag.builtin)
    .map((flag) => ({
      names: [flag.name, ...(flag.aliases ?? [])],
      usage: flag.usage,
      values: valuesOf(flag, target),
    }));
}

function valuesOf(flag: Flag, target: Target): OfferedFlag['values'] {
  const kind = kindFor(flag, target);
  if (kind === 'bool') return null;
  const { min, max } = flag.range ?? { min: null, max: null };
  if (typeof min === 'number' && max !== null && max - min < mostNumbers) {
    return Array.from({ length: max - min + 1 }, (_, at) => String(min + at));
  }
  return wordsFor(flag, target) ?? (isPath(flag) ? 'path' : 'anything');
}

/** Releases that read a path as a plain text want a path all the same. */
const isPath = ({ kind, name }: Flag) => kind === 'path' || name === 'config';
