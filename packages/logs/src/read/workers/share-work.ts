import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenLog } from '../open/open-log.ts';
import type { ReadProgress } from '../read-progress.ts';
import type { Block } from '../select/blocks.ts';
import type { Granularity, ReadMatches } from '../select/matches.ts';
import type { Selected, Unread } from '../select/select.ts';
import { yielding } from '../yielding.ts';
import { createBlockQueue } from './block-queue.ts';
import { blockTasks } from './block-tasks.ts';
import { createBlockWork, type BlockAnswer, type WorkSetup } from './block-work.ts';
import type { WorkerLimits } from './worker-limits.ts';
import { createWorkerPool } from './worker-pool.ts';

/** Blocks that are held at a time, for each thread. */
const blocksPerThread = 2;

/** What is read, and how it is written. */
export interface SharedReading {
  readonly log: OpenLog;
  readonly selected: Selected;
  readonly setup: WorkSetup;
  readonly granularity: Granularity;
  /** Makes what is written of matches without a worker. */
  readonly piecesOf: (matches: ReadMatches) => Iterable<Buffer>;
  readonly progress: ReadProgress | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Gives what is to be written of a log, each piece valid until the next is asked for. One thread begins; where it turns out that the processor is what takes the
 * time and that there is much left, workers do the rest, block by block, and it is given in order: the bytes are the same.
 */
export async function* sharedPieces(
  reading: SharedReading,
  limits: WorkerLimits,
): AsyncGenerator<Buffer, void> {
  const { log, selected, piecesOf } = reading;
  const { timeLookup, unread } = selected;
  const from = unread?.at ?? 0;
  const begin = process.cpuUsage();
  let looksAt = from;
  for await (const found of yielding(selected.matches)) {
    if (found.spans.length > 0) yield* piecesOf({ ...found, log, timeLookup });
    if (unread === null || unread.at < looksAt) continue;
    // To ask for the processor time at each block takes a twentieth of it.
    looksAt = unread.at + limits.restBytes / 8;
    const spentMs = process.cpuUsage(begin).user / 1000;
    if (isWorthWorkers(unread, unread.at - from, spentMs, limits)) {
      yield* piecesByWorkers(reading, unread, limits);
      return;
    }
  }
}

/** Whether the rest is long enough to start workers for, and slow because of the processor, not of the disk. */
function isWorthWorkers(
  { at, to }: Unread,
  bytes: number,
  spentMs: number,
  { most, afterMs, restBytes, bytesPerMs, start }: WorkerLimits,
): boolean {
  if (start === null || most < 2 || to - at < restBytes || spentMs < afterMs) return false;
  return bytes < spentMs * bytesPerMs;
}

async function* piecesByWorkers(
  reading: SharedReading,
  { at, to, scan }: Unread,
  { most, start }: WorkerLimits,
): AsyncGenerator<Buffer, void> {
  const { log, setup, progress, signal } = reading;
  if (start === null) return;
  const pool = createWorkerPool(most - 1, blocksPerThread, () => start(setup));
  const end = (): void => void pool.close();
  signal?.addEventListener('abort', end);
  const tasks = blockTasks(log, at, to, setup.json !== null);
  const queue = createBlockQueue(tasks, pool, createBlockWork(setup), blocksPerThread * most);
  try {
    for (;;) {
      queue.giveToWorkers();
      const first = queue.first();
      if (first === undefined) return;
      // This thread works as well, rather than wait.
      if (!first.isThere && queue.work()) {
        await nextTurn();
        continue;
      }
      const answer = await first.answer;
      if (signal?.aborted === true) return;
      const { block } = first;
      if (progress !== undefined) progress.bytes += block.end - block.start + block.more;
      yield* piecesOfBlock(reading, block, answer, scan);
      queue.shift();
      tasks.free(answer ?? first.task);
    }
  } finally {
    signal?.removeEventListener('abort', end);
    await pool.close();
  }
}

/** What is to be written of a block: as a worker has it, or made here where it had not all that it takes. */
function* piecesOfBlock(
  { log, selected, granularity, piecesOf }: SharedReading,
  given: Block,
  answer: BlockAnswer | null,
  scan: Unread['scan'],
): Generator<Buffer, void> {
  const written = answer?.written ?? null;
  if (answer !== null && written !== null) {
    const length = written.to - written.from;
    if (length > 0) yield Buffer.from(answer[written.in], written.from, length);
    return;
  }
  const block = answer === null ? given : { ...given, bytes: Buffer.from(answer.block) };
  const spans = scan(block, granularity);
  const { timeLookup } = selected;
  if (spans.length > 0) yield* piecesOf({ block, spans, log, timeLookup });
}
