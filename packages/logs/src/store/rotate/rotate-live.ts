import { statSync } from 'node:fs';
import { catchUp, copyLiveFile } from './copy-live-file.ts';
import { cutHead } from './cut-head.ts';
import { cutOver } from './cut-over.ts';
import type { RotationJob } from './rotation-job.ts';
import { notRotated, RotationAbandoned, type RotationReport } from './rotation-report.ts';
import { pausableOf } from './writers.ts';

/** Rounds of copying what was written meanwhile; a writer faster than the copy has to wait in the end while more is moved. */
const maxRounds = 6;

/**
 * Moves bytes of the live file into a segment without losing or repeating one, whenever this process dies:
 *
 * 1. `copyLiveFile`: copy to `<segment>.partial` while the writers write; flush it to the disk
 * 2. `beginMove`: create the journal (from here readers wait), give the copy its final name
 * 3. `markHead`: write the mark over the beginning of the live file, note it in the journal
 * 4. take the bytes from the live file, which takes the mark away; remove the journal
 *
 * Where ranges can be collapsed (`cutHead`), 4 cuts whole blocks from the beginning while the writers write. Elsewhere, and for less than a block
 * (`cutOver`), 2 to 4 happen while they are paused under a guard, and 4 truncates.
 *
 * Until the mark is gone, the live file has all bytes but those under the mark; from then on the segment has them. If we die in between, the
 * next start looks which it is, whatever the writers did meanwhile.
 */
export async function rotateLive(job: RotationJob): Promise<RotationReport> {
  const { files, ports } = job;
  const at = (): Date => new Date(ports.clock.now());
  try {
    const size = statSync(files.live, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0) throw new RotationAbandoned('empty');
    const unit = pausableOf(job.writers) === null ? null : ports.collapseUnit(files);
    await using live = await ports.files.open(files.live, 'r+');
    await using copy = await copyLiveFile(job);
    const copied = await catchUp(live, copy, (await copy.stat()).size, maxRounds);
    const open = { live, copy, copied };
    const { stem, bytes, pauseMs } =
      unit === null || size <= unit
        ? await cutOver(job, open)
        : { ...(await cutHead(job, open, unit)), pauseMs: 0 };
    await copy.datasync().catch(() => undefined); // The bytes are in place; only a power cut could still take the last of them.
    return { rotated: true, at: at(), segment: files.segment(stem), bytes, pauseMs };
  } catch (error) {
    return notRotated(error, at());
  }
}
