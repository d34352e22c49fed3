import { readFileSync } from 'node:fs';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { ProcessError } from './errors.ts';
import { parseLifecycleRecord } from './parse-record.ts';
import type { SuperviseOptions } from './supervise.ts';

/**
 * Keeps the record of a node in a JSON file of its owner (0600), which is whole and on the disk whenever a save returns: spread it into the
 * options of `supervise`. It is read once, here; a file that is not there is the record of no node.
 *
 * @throws ProcessError `RECORD_UNREADABLE` where the file cannot be read or is damaged: who starts over without it may run a second node.
 * @example
 * import { openSync } from 'node:fs';
 *
 * const openLog = () => openSync('/srv/node/node.log', 'a', 0o600);
 * await supervise({ ...jsonFileStore('/srv/node/record.json'), runDirectory: '/srv/node', openLog });
 */
export function jsonFileStore(file: string): Pick<SuperviseOptions, 'persist' | 'record'> {
  return {
    record: readRecord(file),
    persist: (record) => writeFileAtomic(file, `${JSON.stringify(record)}\n`, { mode: 0o600 }),
  };
}

function readRecord(file: string): SuperviseOptions['record'] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadable(
      `${file} cannot be read: ${cause instanceof Error ? cause.message : ''}`,
      cause,
    );
  }
  const record = parseLifecycleRecord(value);
  if (record === undefined) throw unreadable(`${file} holds no lifecycle record of this version`);
  return record;
}

function unreadable(why: string, cause?: unknown): ProcessError {
  const remedy = 'see whether its node is still running, and move the file away';
  return new ProcessError('RECORD_UNREADABLE', `${why}: ${remedy}`, { cause });
}
