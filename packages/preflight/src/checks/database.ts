import { join } from 'node:path';
import type { PreflightLaunch } from '../launch.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/** What the node is told of its database. */
type Asked = Pick<PreflightLaunch, 'databaseEngine' | 'stateScheme' | 'freezerFormat'>;

/** Is the node's database what the node is told that it is? Where it is not, geth refuses it. */
export function checkDatabase(
  instanceDirectory: string,
  { databaseEngine, stateScheme, freezerFormat = null }: Asked,
  { list, readText }: Pick<PreflightPorts, 'list' | 'readText'>,
): readonly Problem[] {
  const folder = join(instanceDirectory, 'chaindata');
  const names = list(folder);
  if (!names.includes('CURRENT')) return [];
  const engine = engineOf(names);
  const scheme = schemeOf(names, list(join(folder, 'ancient')));
  const newer =
    freezerFormat !== null && freezerFormat < freezerFormatOf(folder, { list, readText });
  return [
    ...(databaseEngine && engine !== databaseEngine
      ? [differs(`${folder} is a ${engine} database`, '--db.engine', databaseEngine, engine)]
      : []),
    ...(stateScheme && scheme !== null && scheme !== stateScheme
      ? [differs(`${folder} keeps its state by ${scheme}`, '--state.scheme', stateScheme, scheme)]
      : []),
    ...(newer ? [tooNew(folder)] : []),
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

function tooNew(folder: string): Problem {
  return {
    check: 'data directory',
    severity: 'error',
    message: `${folder} was written by geth 1.15.0 or later, whose old blocks this release cannot read`,
    remedy: 'start a release from 1.15.0 on, or give this one a data directory of its own',
  };
}

function differs(is: string, flag: string, asked: string, found: string): Problem {
  const message = `${is}, and ${flag} asks for ${asked}`;
  const remedy = `remove ${flag}, or give ${flag} ${found}`;
  return { check: 'data directory', severity: 'error', message, remedy };
}
