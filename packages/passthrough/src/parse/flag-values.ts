import type { ParsedArguments, ParsedFlag } from './parsed-arguments.ts';
import { defaultFor, findFlag, kindFor } from '../registry/look-up.ts';
import type { ResolvedContext } from './reading-context.ts';
import { expandPath } from '../values/expand-path.ts';
import { parseGoBoolean, parseGoInteger } from '../values/go-values.ts';

/** The effective values of flags by their present name: the last one wins, an old name counts for its replacement. */
export interface FlagValues {
  /** Whether it was given at all, which is what geth checks for exclusive flags. */
  readonly isSet: (name: string) => boolean;
  /** Its value with paths expanded; undefined when it is not set. */
  readonly text: (name: string) => string | undefined;
  /** Its number; undefined when it is not set or is no number. */
  readonly integer: (name: string) => number | undefined;
  /** Whether the switch is on; by default where it is not set. */
  readonly enabled: (name: string) => boolean;
}

/** Computes the effective values of parsed flags. */
export function flagValuesOf(
  parsed: Pick<ParsedArguments, 'flags'>,
  context: ResolvedContext,
): FlagValues {
  const byName = new Map<string, ParsedFlag>();
  const byReplacement = new Map<string, ParsedFlag>();
  for (const flag of parsed.flags) {
    byName.set(flag.name, flag);
    const replacement = flag.flag?.replacement;
    if (replacement !== undefined) byReplacement.set(replacement, flag);
  }
  const find = (name: string) => byName.get(name) ?? byReplacement.get(name);
  const text = (name: string) => {
    const found = find(name);
    if (found === undefined || found.value === null) return undefined;
    return isExpanded(found, context) ? expandPath(found.value, context) : found.value;
  };
  return {
    isSet: (name) => find(name) !== undefined,
    text,
    integer: (name) => integerOf(text(name)),
    enabled: (name) => {
      const given = [byName.get(name), byReplacement.get(name)].filter(
        (flag) => flag !== undefined,
      );
      if (given.length === 0) return isOnByDefault(name, context);
      return given.some(({ value }) => value === null || parseGoBoolean(value) === true);
    },
  };
}

/** `--password` uses the library's own path kind, which expands nothing (cmd/utils/flags.go @ v1.11.0). */
const isExpanded = ({ flag }: ParsedFlag, { target }: ResolvedContext) =>
  flag !== null && flag.name !== 'password' && kindFor(flag, target) === 'path';

function integerOf(text: string | undefined): number | undefined {
  const integer = text === undefined ? undefined : parseGoInteger(text);
  return integer === undefined ? undefined : Number(integer);
}

function isOnByDefault(name: string, { target }: ResolvedContext): boolean {
  const flag = findFlag(name);
  return flag !== undefined && defaultFor(flag, target) === 'true';
}
