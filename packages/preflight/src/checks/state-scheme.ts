import { join } from 'node:path';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/**
 * Does the node keep its state as it is told to? Only the path scheme has a state history beside the chain's, and geth refuses the other scheme
 * (core/rawdb/accessors_trie.go, and its files @ v1.16.9). A database that was never written to a table yet may be of either.
 */
export function checkStateScheme(
  instanceDirectory: string,
  asked: 'hash' | 'path',
  { list }: Pick<PreflightPorts, 'list'>,
): readonly Problem[] {
  const folder = join(instanceDirectory, 'chaindata');
  const [names, ancient] = [list(folder), list(join(folder, 'ancient'))];
  const isWritten = names.some((name) => /^\d+\.(?:sst|ldb)$/.test(name));
  if (!names.includes('CURRENT') || !isWritten || !ancient.includes('chain')) return [];
  const found = ancient.includes('state') ? 'path' : 'hash';
  if (found === asked) return [];
  const message = `${folder} keeps its state by ${found}, and --state.scheme asks for ${asked}`;
  const remedy = `remove --state.scheme, or give --state.scheme ${found}`;
  return [{ check: 'data directory', severity: 'error', message, remedy }];
}
