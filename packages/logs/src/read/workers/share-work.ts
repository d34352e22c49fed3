import { setImmediate as nextTurn } from 'node:timers/promises';
import { blockMemory, forwardBlocks, type Block } from '../select/blocks.ts';
import { partAt, type OpenLog } from '../open/open-log.ts';
import type { Selected, Unread } from '../select/select.ts';
import type { Granularity, ReadMatches } from '../select/matches.ts';
import type { ReadProgress } from '../read-progress.ts';
import { yielding } from '../yielding.ts';
import {
  createBlockWork,
  roomPerByte,
  type BlockAnswer,
  type BlockTask,
  type WorkSetup,
} from './block-work.ts';
import { createWorkerPool } from './worker-pool.ts';
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
  const begin = process.cpuUsage();
  for await (const found of yielding(selected.matches)) {
    if (found.spans.length > 0) yield* piecesOf({ ...found, log, timeLookup });
    if (unread === null) continue;
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

/** A block that waits for its turn. */
interface Queued {
  readonly block: Block;
  /** Null for one that needs the log: the beginning of a line that is longer than a block. */
  readonly answer: Promise<BlockAnswer | null> | null;
  isThere: boolean;
}

type Memory = Pick<BlockAnswer, 'block' | 'room'>;

/** Blocks that are held at a time, for each thread. */
const blocksPerThread = 2;

async function* piecesByWorkers(
  { log, selected, setup, granularity, piecesOf, progress, signal }: SharedReading,
  { at, to, scan }: Unread,
  { most, start }: WorkerLimits,
): AsyncGenerator<Buffer, void> {
  if (start === null) return;
  const pool = createWorkerPool(most - 1, blocksPerThread, () => start(setup));
  const end = (): void => void pool.close();
  signal?.addEventListener('abort', end);
  const work = createBlockWork(setup);
  const tasks = tasksOf(log, at, to, setup.json !== null);
  const queue: Queued[] = [];
  /** Adds the next block, done by one of the threads; false where there is none. */
  const add = (run: (task: BlockTask) => Promise<BlockAnswer | null>): boolean => {
    const next = tasks.next();
    if (next === null) return false;
    queue.push(queued(next.block, next.block.more > 0 ? null : run(next.task)));
    return true;
  };
  try {
    for (;;) {
      while (queue.length < blocksPerThread * most && pool.hasRoom() && add(pool.run));
      const [first] = queue;
      if (first === undefined) return;
      // This thread works as well, rather than wait.
      const isFree = !first.isThere && queue.length < blocksPerThread * most;
      if (isFree && add((task) => Promise.resolve(work(task)))) {
        await nextTurn();
        continue;
      }
      const answer = await first.answer;
      if (signal?.aborted === true) return;
      const { block } = first;
      if (progress !== undefined) progress.bytes += block.end - block.start + block.more;
      const written = answer?.written ?? null;
      if (answer !== null && written !== null) {
        const length = written.to - written.from;
        if (length > 0) yield Buffer.from(answer[written.in], written.from, length);
      } else {
        const bytes = answer === null ? block.bytes : Buffer.from(answer.block);
        const found = { ...block, bytes };
        const spans = scan(found, granularity);
        const { timeLookup } = selected;
        if (spans.length > 0) yield* piecesOf({ block: found, spans, log, timeLookup });
      }
      if (answer !== null) tasks.free(answer);
      queue.shift();
    }
  } finally {
    signal?.removeEventListener('abort', end);
    await pool.close();
  }
}

function queued(block: Block, answer: Queued['answer']): Queued {
  const entry: Queued = { block, answer, isThere: answer === null };
  const done = (): void => void (entry.isThere = true);
  answer?.then(done, done);
  return entry;
}

/** The blocks of a log as tasks, each in memory of its own, which is used again when it was freed. */
function tasksOf(log: OpenLog, from: number, to: number, isJson: boolean) {
  const unused: Memory[] = [];
  let memory = newMemory(0, false);
  const blocks = forwardBlocks(log, from, to, () => {
    memory = unused.pop() ?? newMemory(to - from, isJson);
    return Buffer.from(memory.block);
  });
  return {
    next() {
      const { done, value: block } = blocks.next();
      if (done === true) return null;
      const { start, end, position } = block;
      const near = partAt(log, position + end - 1)?.near ?? new Date();
      return { task: { ...memory, start, end, near }, block };
    },
    free: ({ block, room }: Memory) => void unused.push({ block, room }),
  };
}

function newMemory(bytes: number, isJson: boolean): Memory {
  const block = blockMemory(bytes).buffer as ArrayBuffer;
  return { block, room: new ArrayBuffer(isJson ? block.byteLength * roomPerByte : 0) };
}
