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
import type { LogFiles } from '../layout.ts';

/** What an earlier supervisor left half done. */
export interface Interrupted {
  /** `undone`: the live file still had all; `completed`: it was truncated, so the copy became a segment. */
  readonly rotation: 'none' | 'undone' | 'completed';
}

/** Finishes or undoes what a supervisor was doing when it died: a rotation, a compression. */
export function completeInterrupted(directory: string, name: string, files: LogFiles): Interrupted {
  const partials = readdirSync(directory).filter(
    (entry) => entry.startsWith(`${name}-`) && entry.endsWith('.partial'),
  );
  const isJournaled = existsSync(files.journal);
  let rotation: Interrupted['rotation'] = isJournaled ? 'completed' : 'none';
  for (const entry of partials) {
    const partial = join(directory, entry);
    const final = partial.slice(0, -'.partial'.length);
    if (entry.endsWith('.log.partial')) {
      const isTruth = isJournaled && wasTruncated(files.live, partial);
      rotation = isTruth ? 'completed' : 'undone';
      if (isTruth) renameSync(partial, final);
    }
    rmSync(partial, { force: true });
  }
  rmSync(files.journal, { force: true });
  return { rotation };
}

/**
 * Whether the live file lost its old bytes after they were copied. Its size alone does not tell: a node that was woken by hand may have
 * written as much again. It was not truncated exactly if it still begins with all of the copy.
 */
function wasTruncated(live: string, copy: string): boolean {
  if (!existsSync(live)) return true;
  const [a, b] = [openSync(live, 'r'), openSync(copy, 'r')];
  try {
    const size = fstatSync(b).size;
    if (fstatSync(a).size < size) return true;
    const [left, right] = [Buffer.alloc(256 * 1024), Buffer.alloc(256 * 1024)];
    for (let at = 0; at < size;) {
      const read = readSync(b, right, 0, right.length, at);
      const same = readSync(a, left, 0, read, at);
      if (left.compare(right, 0, read, 0, same) !== 0) return true;
      at += read;
    }
    return false;
  } finally {
    closeSync(a);
    closeSync(b);
  }
}
