import { blockMemory, forwardBlocks, type Block } from '../select/blocks.ts';
import { partAt, type OpenLog } from '../open/open-log.ts';
import type { Selected, Unread } from '../select/select.ts';
import type { Granularity, ReadMatches } from '../select/matches.ts';
import type { ReadProgress } from '../read-progress.ts';
import { yielding } from '../yielding.ts';
import { roomPerByte, type BlockAnswer, type WorkSetup } from './block-work.ts';
import { createWorkerPool, type WorkerPool } from './worker-pool.ts';
import type { WorkerLimits } from './worker-limits.ts';

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
  let workMs = 0;
  let since = performance.now();
  for await (const found of yielding(selected.matches)) {
    const pieces = found.spans.length === 0 ? [] : piecesOf({ ...found, log, timeLookup });
    for (const bytes of pieces) {
      workMs += performance.now() - since;
      yield bytes;
      since = performance.now();
    }
    const spentMs = workMs + performance.now() - since;
    if (unread !== null && isWorthWorkers(unread, unread.at - from, spentMs, limits)) {
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

/** A block that waits for its turn. */
interface Queued {
  readonly block: Block;
  /** Null for one that goes without a worker: the beginning of a line that is longer than a block. */
  readonly answer: Promise<BlockAnswer | null> | null;
}

type Memory = Pick<BlockAnswer, 'block' | 'room'>;

async function* piecesByWorkers(
  { log, selected, setup, granularity, piecesOf, progress, signal }: SharedReading,
  { at, to, scan }: Unread,
  { most, start }: WorkerLimits,
): AsyncGenerator<Buffer, void> {
  if (start === null) return;
  const pool = createWorkerPool(most, () => start(setup));
  const end = (): void => void pool.close();
  signal?.addEventListener('abort', end);
  const free: Memory[] = [];
  let current = newMemory(0, false);
  const memoryOf = (): Buffer => {
    current = free.pop() ?? newMemory(to - at, setup.json !== null);
    return Buffer.from(current.block);
  };
  const blocks = forwardBlocks(log, at, to, memoryOf);
  const queue: Queued[] = [];
  try {
    for (;;) {
      while (queue.length < 2 * most) {
        const next = blocks.next();
        if (next.done === true) break;
        queue.push(queued(pool, log, next.value, current));
      }
      const first = queue.shift();
      if (first === undefined) return;
      const answer = await first.answer;
      if (signal?.aborted === true) return;
      const written = answer?.written ?? null;
      if (answer !== null && written !== null) {
        const length = written.to - written.from;
        if (length > 0) yield Buffer.from(answer[written.in], written.from, length);
      } else {
        const block =
          answer === null ? first.block : { ...first.block, bytes: Buffer.from(answer.block) };
        const spans = scan(block, granularity);
        if (spans.length > 0)
          yield* piecesOf({ block, spans, log, timeLookup: selected.timeLookup });
      }
      if (answer !== null) free.push({ block: answer.block, room: answer.room });
      const { block } = first;
      if (progress !== undefined) progress.bytes += block.end - block.start + block.more;
    }
  } finally {
    signal?.removeEventListener('abort', end);
    await pool.close();
  }
}

function newMemory(bytes: number, isJson: boolean): Memory {
  const block = blockMemory(bytes).buffer as ArrayBuffer;
  return { block, room: new ArrayBuffer(isJson ? block.byteLength * roomPerByte : 0) };
}

function queued(pool: WorkerPool, log: OpenLog, block: Block, memory: Memory): Queued {
  if (block.more > 0) return { block, answer: null };
  const { start, end, position } = block;
  const near = partAt(log, position + end - 1)?.near ?? new Date();
  return { block, answer: pool.run({ ...memory, start, end, near }) };
}
