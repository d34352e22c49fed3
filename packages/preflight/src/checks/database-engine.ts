import { join } from 'node:path';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/**
 * Is the node's database of the engine that it is told to use? geth tells them apart by their files, and refuses the other
 * one (PreexistingDatabase in core/rawdb and its use in node/database.go @ v1.16.9).
 */
export function checkDatabaseEngine(
  instanceDirectory: string,
  asked: 'leveldb' | 'pebble',
  { list }: Pick<PreflightPorts, 'list'>,
): readonly Problem[] {
  const folder = join(instanceDirectory, 'chaindata');
  const names = list(folder);
  if (!names.includes('CURRENT')) return [];
  const found = names.some((name) => name.startsWith('OPTIONS')) ? 'pebble' : 'leveldb';
  if (found === asked) return [];
  const message = `${folder} is a ${found} database, and --db.engine asks for ${asked}`;
  const remedy = `remove --db.engine, or give --db.engine ${found}`;
  return [{ check: 'data directory', severity: 'error', message, remedy }];
}
