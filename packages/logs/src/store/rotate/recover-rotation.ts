import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LogFiles } from '../../layout.ts';

/**
 * How an interrupted rotation ended: `undone`, as the live file still had all bytes; `completed`, as it was truncated and the copy became a
 * segment; `none` when no rotation was interrupted.
 */
export type Recovery = 'none' | 'undone' | 'completed';

/** Finishes or undoes what a store was doing when its process died: a rotation, a compression. */
export function recoverRotation(directory: string, name: string, files: LogFiles): Recovery {
  const partials = readdirSync(directory).filter(
    (entry) => entry.startsWith(`${name}-`) && entry.endsWith('.partial'),
  );
  const isJournaled = existsSync(files.journal);
  let recovery: Recovery = isJournaled ? 'completed' : 'none';
  for (const entry of partials) {
    const partial = join(directory, entry);
    if (entry.endsWith('.log.partial')) {
      const isTruth = isJournaled && wasTruncated(files.live, partial);
      recovery = isTruth ? 'completed' : 'undone';
      if (isTruth) renameSync(partial, partial.slice(0, -'.partial'.length));
    }
    rmSync(partial, { force: true });
  }
  rmSync(files.journal, { force: true });
  return recovery;
}

/**
 * Whether the live file lost its old bytes after they were copied. Its size alone does not tell: a node that was resumed by hand may have
 * written as much again. It was not truncated exactly if it still begins with all of the copy.
 */
function wasTruncated(live: string, copy: string): boolean {
  if (!existsSync(live)) return true;
  const [liveFile, copyFile] = [openSync(live, 'r'), openSync(copy, 'r')];
  try {
    return !beginsWith(liveFile, copyFile);
  } finally {
    closeSync(liveFile);
    closeSync(copyFile);
  }
}

function beginsWith(live: number, copy: number): boolean {
  const size = fstatSync(copy).size;
  const [left, right] = [Buffer.alloc(256 * 1024), Buffer.alloc(256 * 1024)];
  for (let at = 0; at < size;) {
    const read = readSync(copy, right, 0, right.length, at);
    const same = readSync(live, left, 0, read, at);
    if (left.compare(right, 0, read, 0, same) !== 0) return false;
    at += read;
  }
  return true;
}
