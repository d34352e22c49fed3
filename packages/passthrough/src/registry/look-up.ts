import type { Flavour } from '../node-version.ts';
import type { Flag, FlagKind, Since, Subcommand } from './flag.ts';
import { flags } from './flags.generated.ts';
import { compareVersions, isAtLeast } from './release.ts';
import { subcommands } from './subcommands.generated.ts';

/** The program whose rules apply; without a version its newest known release, without a flavour all programs. */
export interface Target {
  readonly flavour: Flavour;
  readonly version: string | null;
}

/** The newest geth release in the data. */
export const newestGeth = '1.17.5';

/** The newest go-wemix release in the data. */
export const newestGwemix = '0.10.14';

const byName = new Map(
  flags.flatMap((flag) =>
    [flag.name, ...(flag.aliases ?? [])].map((name) => [name, flag] as const),
  ),
);
const subcommandsByName = new Map(
  subcommands.flatMap((subcommand) =>
    [subcommand.name, ...(subcommand.aliases ?? [])].map((name) => [name, subcommand] as const),
  ),
);

/**
 * The flag with this name or alias, in any release of any flavour; the name is without dashes.
 *
 * @example
 * findFlag('discv4')?.name; // 'discovery.v4'
 */
export function findFlag(name: string): Flag | undefined {
  return byName.get(name);
}

/**
 * Every flag of the registry.
 *
 * @example
 * allFlags().filter(({ deprecatedSince }) => deprecatedSince !== undefined).map(({ name }) => name);
 */
export function allFlags(): readonly Flag[] {
  return flags;
}

/** Every name a flag has or had, aliases included. */
export const flagNames = (): readonly string[] => [...byName.keys()];

/** The subcommand with this name (`db inspect` for a nested one), in any release of any flavour. */
export const findSubcommand = (name: string): Subcommand | undefined => subcommandsByName.get(name);

/** The subcommands of one word, aliases included. */
export const subcommandNames = (): readonly string[] =>
  [...subcommandsByName.keys()].filter((name) => !name.includes(' '));

/**
 * Whether this program knows the flag or subcommand; a release newer than the data counts as the newest.
 *
 * @example
 * const flag = findFlag('syncmode');
 * if (flag !== undefined) isKnownTo(flag, { flavour: 'geth', version: '1.17.5' }); // true
 */
export function isKnownTo(
  entry: Pick<Flag, 'geth' | 'goWbft'> & { readonly gwemix?: Flag['gwemix'] | true },
  { flavour, version }: Target,
): boolean {
  switch (flavour) {
    case 'unknown':
      return true;
    case 'geth':
      return contains(entry.geth, version, newestGeth);
    case 'gwemix':
      return entry.gwemix === true || contains(entry.gwemix, version, newestGwemix);
    // The same flags (gstable --help @ v1.0.1).
    case 'go-wbft':
    case 'gstable':
      return entry.goWbft === true;
  }
}

function contains(
  span: readonly [string, string] | undefined,
  version: string | null,
  newest: string,
): boolean {
  if (span === undefined) return false;
  if (version === null) return true;
  const [first, last] = span;
  return isAtLeast(version, first) && (compareVersions(version, last) <= 0 || last === newest);
}

/** Whether this program only warns about the flag; without a version one that the newest release does not have counts too. */
export function isDeprecatedIn(flag: Flag, { flavour, version }: Target): boolean {
  const { deprecatedSince, gwemixDeprecated, geth } = flag;
  if (flavour === 'gwemix') return gwemixDeprecated === true;
  if (flavour !== 'geth') return false;
  if (version === null) return deprecatedSince !== undefined || geth?.[1] !== newestGeth;
  return deprecatedSince !== undefined && isAtLeast(version, deprecatedSince);
}

/** How this program reads the flag's value. */
export function kindFor(flag: Flag, { flavour, version }: Target): FlagKind {
  if (flavour === 'gwemix') return flag.gwemixKind ?? flag.kind;
  return flavour === 'geth' ? valueAt(flag.kindHistory, version, flag.kind) : flag.kind;
}

/** The flag's default as this program prints it; null where there is none or it is not known. */
export function defaultFor(flag: Flag, { flavour, version }: Target): string | null {
  if (flavour === 'gwemix') return flag.gwemixDefault ?? flag.default;
  return flavour === 'geth' ? valueAt(flag.defaultHistory, version, flag.default) : flag.default;
}

/** The words this program accepts for the flag, or undefined where it takes any. */
export function wordsFor(flag: Flag, { flavour, version }: Target): readonly string[] | undefined {
  const { words } = flag;
  if (words === undefined) return undefined;
  if (flavour === 'gwemix') return words.gwemix ?? words.values;
  if (flavour === 'go-wbft' || flavour === 'gstable') return words.goWbft ?? words.values;
  return flavour === 'geth' ? valueAt(words.history, version, words.values) : words.values;
}

const suffixOf = (flag: Flag) => flag.name.toUpperCase().replaceAll(/[.-]/g, '_');
const bySuffix = new Map(
  flags.filter(({ builtin }) => builtin !== true).map((flag) => [suffixOf(flag), flag]),
);

/** The prefix of this program's environment variables, or undefined where it reads none. */
export function variablePrefix({ flavour, version }: Target): string | undefined {
  if (flavour === 'go-wbft') return 'GWEMIX_';
  // cmd/gstable/main.go @ v1.0.1 keeps geth's.
  if (flavour === 'gstable') return 'GETH_';
  const reads = flavour === 'geth' && (version === null || isAtLeast(version, '1.13.1'));
  return reads ? 'GETH_' : undefined;
}

/** The flag that an environment variable sets in this program, or undefined where it sets none. */
export function flagOfVariable(variable: string, target: Target): Flag | undefined {
  const prefix = variablePrefix(target);
  if (prefix === undefined || !variable.startsWith(prefix)) return undefined;
  const flag = bySuffix.get(variable.slice(prefix.length));
  return flag !== undefined && isSetByVariable(flag, target) ? flag : undefined;
}

/** Every environment variable that sets a flag of this program. */
export function variableNames(target: Target): readonly string[] {
  const prefix = variablePrefix(target);
  if (prefix === undefined) return [];
  return [...bySuffix].flatMap(([suffix, flag]) =>
    isSetByVariable(flag, target) ? [prefix + suffix] : [],
  );
}

function isSetByVariable(flag: Flag, target: Target): boolean {
  if (target.flavour === 'go-wbft' || target.flavour === 'gstable') return flag.goWbft === true;
  const { environmentSince } = flag;
  if (environmentSince === undefined || !isKnownTo(flag, target)) return false;
  return target.version === null || isAtLeast(target.version, environmentSince);
}

/** The value at a release, from a history that lists only changes. */
function valueAt<T>(
  history: readonly Since<T>[] | undefined,
  version: string | null,
  newest: T,
): T {
  if (history === undefined || version === null) return newest;
  const past = history.findLast(([release]) => isAtLeast(version, release));
  return (past ?? history[0])?.[1] ?? newest;
}
