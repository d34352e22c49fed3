import { nearestName } from '../command/nearest-name.ts';
import type { ConfigTable } from '../parse/toml-config.ts';
import { configKeys as registered } from '../registry/config-keys.generated.ts';
import type { ConfigKey } from '../registry/flag.ts';
import { isKnownTo, type Target } from '../registry/look-up.ts';
import { configPosition } from './config-and-variables.ts';
import type { Found, Rule } from './finding.ts';
import { history, mayHaveMore, programName, shorten } from './names.ts';

/** Finds keys of the TOML file that this release does not have, with which it does not start, and those it ignores. */
export const configKeys: Rule = ({ configFile, parsed, context: { target } }) => {
  // What go-wbft takes is not in the registry.
  if (configFile.kind !== 'read' || !['geth', 'gwemix'].includes(target.flavour)) return [];
  return findingsIn(configFile.root, '', target).map((finding) => ({
    ...finding,
    position: configPosition(parsed),
    message: `${configFile.path}: ${finding.message}`,
  }));
};

/** The tables whose keys are registered. */
const tables = new Set(registered.map(({ table }) => table));

type FindingInFile = Omit<Found, 'position'>;

function findingsIn(content: ConfigTable, table: string, target: Target): readonly FindingInFile[] {
  const siblings = registered.filter((key) => key.table === table);
  return content.keys.flatMap((name) => {
    const key = siblings.find((sibling) => sibling.name === name);
    const path = table === '' ? name : `${table}.${name}`;
    // A table of which no keys are registered, as Eth.Genesis, has any.
    if (key !== undefined && isKnownTo(key, target)) {
      return tables.has(path) ? findingsIn(content.table(name), path, target) : [];
    }
    if (key?.ignored !== undefined && isKnownTo(key.ignored, target))
      return [ignored(path, target)];
    return [unknown(path, { key, siblings, target })];
  });
}

const ignored = (path: string, target: Target): FindingInFile => ({
  code: 'deprecated',
  severity: 'warning',
  message: `${path} has no effect in ${programName(target)}.`,
  remedy: 'Remove it.',
});

function unknown(
  path: string,
  {
    key,
    siblings,
    target,
  }: {
    readonly key: ConfigKey | undefined;
    readonly siblings: readonly ConfigKey[];
    readonly target: Target;
  },
): FindingInFile {
  const known = siblings.filter((sibling) => isKnownTo(sibling, target)).map(({ name }) => name);
  const nearest = nearestName(path.slice(path.lastIndexOf('.') + 1), known);
  const elsewhere = key === undefined ? '' : `: ${history(key, target)}`;
  return {
    code: 'unknown-config-key',
    severity: mayHaveMore(target) ? 'warning' : 'error',
    message: `${shorten(path)} is no key of ${programName(target)}, which refuses to start with it${elsewhere}.`,
    remedy: nearest === undefined ? 'Remove it.' : `Did you mean ${nearest}?`,
  };
}
