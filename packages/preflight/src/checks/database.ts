import { join } from 'node:path';
import type { PreflightLaunch } from '../launch.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/** What the node is told of its database. */
type Asked = Pick<PreflightLaunch, 'databaseEngine' | 'stateScheme'>;

/** Is the node's database what the node is told that it is? Where it is not, geth refuses it. */
export function checkDatabase(
  instanceDirectory: string,
  { databaseEngine, stateScheme }: Asked,
  { list }: Pick<PreflightPorts, 'list'>,
): readonly Problem[] {
  const folder = join(instanceDirectory, 'chaindata');
  const names = list(folder);
  if (!names.includes('CURRENT')) return [];
  const engine = engineOf(names);
  const scheme = schemeOf(names, list(join(folder, 'ancient')));
  return [
    ...(databaseEngine && engine !== databaseEngine
      ? [differs(`${folder} is a ${engine} database`, '--db.engine', databaseEngine, engine)]
      : []),
    ...(stateScheme && scheme !== null && scheme !== stateScheme
      ? [differs(`${folder} keeps its state by ${scheme}`, '--state.scheme', stateScheme, scheme)]
      : []),
  ];
}

/** geth tells them apart by their files (PreexistingDatabase in core/rawdb @ v1.16.9). */
function engineOf(names: readonly string[]): NonNullable<Asked['databaseEngine']> {
  return names.some((name) => name.startsWith('OPTIONS')) ? 'pebble' : 'leveldb';
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

function differs(is: string, flag: string, asked: string, found: string): Problem {
  const message = `${is}, and ${flag} asks for ${asked}`;
  const remedy = `remove ${flag}, or give ${flag} ${found}`;
  return { check: 'data directory', severity: 'error', message, remedy };
}
