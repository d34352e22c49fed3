import { closeSync, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LogFiles } from '../../layout.ts';
import type { RotationCalls } from '../../ports.ts';
import { isUncut, readJournal, type RotationJournal } from '../../rotation-journal.ts';
import { finishCut, undoMove } from './move-bytes.ts';
import type { Recovery } from './recovery.ts';

/** How it ended, and which bytes are in which segment by it. */
export interface Recovered {
  readonly recovery: Recovery;
  readonly journal: RotationJournal | null;
}

/**
 * Finishes or undoes what a store was doing when its process died: a rotation, a compression. A rotation that began to cut is completed, if the
 * system lets it; one that would still have to truncate is undone, since any writer may have appended.
 *
 * @throws when the system does not let it; readers know by the journal what is where, and it can be tried again
 */
export function recoverRotation(files: LogFiles, calls: RotationCalls): Recovered {
  const journal = readJournal(files.journal);
  const recovery = journal === null ? 'none' : settle(files, calls, journal);
  // A journal that says nothing is one whose rotation had not begun.
  rmSync(files.journal, { force: true });
  const isCopyLeft = removePartials(files);
  return { recovery: recovery === 'none' && isCopyLeft ? 'undone' : recovery, journal };
}

function settle(files: LogFiles, calls: RotationCalls, journal: RotationJournal): Recovery {
  if (!existsSync(files.live)) return 'completed'; // Another program took it away, with all that was to be cut.
  calls.endCollapsesSync(files.live);
  const live = openSync(files.live, 'r+');
  try {
    if (isToUndo(files, live, journal)) {
      undoMove(calls, files, live, journal);
      return 'undone';
    }
    return journal.way === 'cut' ? completeCut(files, calls, live, journal) : 'completed';
  } finally {
    closeSync(live);
  }
}

/** Where the system does not let the head be cut, the live file gets its beginning back: it has all that was written since too. */
function completeCut(
  files: LogFiles,
  calls: RotationCalls,
  live: number,
  journal: RotationJournal,
): Recovery {
  try {
    finishCut(calls, files, live, journal);
    return 'completed';
  } catch (error) {
    const known = readJournal(files.journal);
    if (known === null || !isUncut(live, known)) throw error;
    undoMove(calls, files, live, known);
    return 'undone';
  }
}

/** A copy that is not yet a segment, or no longer, has nothing that the live file lacks. */
function isToUndo(files: LogFiles, live: number, journal: RotationJournal): boolean {
  if (existsSync(files.partial(files.segment(journal.stem)))) return true;
  return journal.way === 'swap' && isUncut(live, journal);
}

/** Removes what is unfinished; whether a copy of the live file was among it. */
function removePartials({ live }: LogFiles): boolean {
  const directory = dirname(live);
  const name = basename(live, '.log');
  const partials = readdirSync(directory).filter(
    (entry) => entry.startsWith(`${name}-`) && entry.endsWith('.partial'),
  );
  for (const entry of partials) rmSync(join(directory, entry), { force: true });
  return partials.some((entry) => entry.endsWith('.log.partial'));
}
