import { parseInContext } from '../parse/parse-node-arguments.ts';
import { resolveContext, type ReadingContext } from '../parse/reading-context.ts';
import { allFlags, defaultFor, isKnownTo } from '../registry/look-up.ts';
import type { Finding } from './finding.ts';
import { dataChanges, type DataChange } from './data-changes.ts';
import { validate } from './validate.ts';

/** What changes for a command line when the node's program is replaced by another release. */
export interface ReleaseComparison {
  /** What is wrong or surprising with the new program and was not with the old one. */
  readonly findings: readonly Finding[];
  /** Flags that the command line leaves to their defaults, where these differ; null where a program has none. */
  readonly defaults: readonly {
    readonly flag: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** What the new program writes into the data that the old one cannot go on with; empty for other programs than geth. */
  readonly data: readonly DataChange[];
}

/**
 * Compares what two releases make of the same command line. The contexts say which programs they are; what else is in them should be the
 * same. Never throws.
 *
 * @example
 * const [from, to] = ['1.13.15', '1.17.5'].map((version) => ({ flavour: 'geth', version }) as const);
 * if (from !== undefined && to !== undefined) compareReleases(['--mine'], from, to).findings;
 */
export function compareReleases(
  argv: readonly string[],
  from: ReadingContext,
  to: ReadingContext,
): ReleaseComparison {
  const before = new Set(validate(argv, from).map(keyOf));
  const context = resolveContext(to);
  const [old, next] = [resolveContext(from).target, context.target];
  const given = new Set(parseInContext(argv, context).flags.map(({ name }) => name));
  return {
    findings: validate(argv, to).filter((finding) => !before.has(keyOf(finding))),
    defaults: allFlags()
      .filter((flag) => !given.has(flag.name) && isKnownTo(flag, old) && isKnownTo(flag, next))
      .map((flag) => ({ flag: flag.name, from: defaultFor(flag, old), to: defaultFor(flag, next) }))
      .filter((each) => each.from !== each.to),
    data: dataChanges(old, next),
  };
}

/** A message names the release, so the same finding has another one in each. */
const keyOf = ({ code, severity, position, flag }: Finding) =>
  JSON.stringify([code, severity, position, flag]);
