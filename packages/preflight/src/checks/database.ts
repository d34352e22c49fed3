import { join } from 'node:path';
import type { PreflightLaunch } from '../launch.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/** What the node is told of its database, and what it can read. */
type Asked = Pick<
  PreflightLaunch,
  'databaseEngine' | 'databaseEngines' | 'stateScheme' | 'stateSchemes' | 'freezerFormat'
>;

/** Is the node's database what the node is told that it is, and can it read it? Where not, geth refuses it or damages it. */
export function checkDatabase(
  instanceDirectory: string,
  { databaseEngine, databaseEngines, stateScheme, stateSchemes, freezerFormat = null }: Asked,
  { list, readText }: Pick<PreflightPorts, 'list' | 'readText'>,
): readonly Problem[] {
  const folder = join(instanceDirectory, 'chaindata');
  const names = list(folder);
  const engine = engineOf(names);
  if (engine === null) return [];
  const scheme = schemeOf(names, list(join(folder, 'ancient')));
  const newer =
    freezerFormat !== null && freezerFormat < freezerFormatOf(folder, { list, readText });
  const isUnreadable = databaseEngines?.includes(engine) === false;
  return [
    ...(databaseEngine && engine !== databaseEngine
      ? [differs(`${folder} is a ${engine} database`, '--db.engine', databaseEngine, engine)]
      : []),
    ...(isUnreadable ? [tooNew(`${folder} is a ${engine} database`, '1.11.0')] : []),
    ...(stateScheme && scheme !== null && scheme !== stateScheme
      ? [differs(`${folder} keeps its state by ${scheme}`, '--state.scheme', stateScheme, scheme)]
      : []),
    ...(scheme !== null && stateSchemes?.includes(scheme) === false
      ? [tooNew(`${folder} keeps its state by ${scheme}`, '1.13.0')]
      : []),
    ...(newer
      ? [tooNew(`${folder} has its old blocks as geth 1.15.0 and later write them`, '1.15.0')]
      : []),
  ];
}

/** geth tells them apart by their files (PreexistingDatabase in core/rawdb @ v1.17.5); null where there is no database. */
function engineOf(names: readonly string[]): NonNullable<Asked['databaseEngine']> | null {
  const has = (beginning: string) => names.some((name) => name.startsWith(beginning));
  if (has('marker.manifest.')) return 'pebble';
  if (!names.includes('CURRENT')) return null;
  return has('OPTIONS') ? 'pebble' : 'leveldb';
}

/**
 * Only the path scheme has a state history beside the chain's (core/rawdb/accessors_trie.go, and its files @ v1.16.9). Null for a database
 * that was never written to a table yet, which may be of either, and where the old blocks are elsewhere.
 */
function schemeOf(
  names: readonly string[],
  ancient: readonly string[],
): NonNullable<Asked['stateScheme']> | null {
  const isWritten = names.some((name) => /^\d+\.(?:sst|ldb)$/.test(name));
  if (!isWritten || !ancient.includes('chain')) return null;
  return ancient.includes('state') ? 'path' : 'hash';
}

/**
 * The format of the metadata beside the old blocks: the first number of a list in RLP (core/rawdb/freezer_meta.go @ v1.17.5), `c3 02 80 06`. 0
 * where there is none, or the old blocks are elsewhere. A newer release writes it anew, and there is no way back.
 */
function freezerFormatOf(
  folder: string,
  { list, readText }: Pick<PreflightPorts, 'list' | 'readText'>,
): number {
  const chain = join(folder, 'ancient/chain');
  const formats = list(chain)
    .filter((name) => name.endsWith('.meta'))
    .map((name) => readText(join(chain, name)).charCodeAt(1))
    // More is no small number, but the head of a longer one.
    .filter((format) => format < 0x80);
  return Math.max(0, ...formats);
}

function tooNew(is: string, release: string): Problem {
  return {
    check: 'data directory',
    severity: 'error',
    message: `${is}, which this release cannot read`,
    remedy: `start a release from ${release} on, or give this one a data directory of its own`,
  };
}

function differs(is: string, flag: string, asked: string, found: string): Problem {
  const message = `${is}, and ${flag} asks for ${asked}`;
  const remedy = `remove ${flag}, or give ${flag} ${found}`;
  return { check: 'data directory', severity: 'error', message, remedy };
}
