import { statSync } from 'node:fs';
import { forwardBlocks } from './blocks.ts';
import type { Filter } from './filter.ts';
import type { LogRecord } from './log-record.ts';
import { scanBlock } from './scan.ts';
import { openFileSource } from './source.ts';
import { watchFolder } from './wait-for-change.ts';

/** Where following begins and what it lets through. */
export interface FollowOptions {
  readonly directory: string;
  readonly path: string;
  readonly from: number;
  readonly filter: Filter;
  readonly signal: AbortSignal | undefined;
}

/** Yields what is appended to the live file, until aborted. */
export async function* followLive(options: FollowOptions): AsyncGenerator<LogRecord, void> {
  const { directory, path, filter, signal } = options;
  const changes = watchFolder(directory, signal);
  let position = options.from;
  try {
    while (signal?.aborted !== true) {
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      if (size < position) position = 0;
      if (size > position) {
        yield* newRecords(path, position, size, filter);
        position = size;
      } else {
        await changes.wait();
      }
    }
  } finally {
    changes.close();
  }
}

function* newRecords(
  path: string,
  from: number,
  to: number,
  filter: Filter,
): Generator<LogRecord, void> {
  const source = openFileSource(path);
  try {
    for (const block of forwardBlocks(source, from, to)) {
      yield* scanBlock(block, { filter, near: new Date() });
    }
  } finally {
    source.close();
  }
}
