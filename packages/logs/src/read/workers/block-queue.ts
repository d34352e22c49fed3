import type { BlockTasks, TaskOfBlock } from './block-tasks.ts';
import type { BlockAnswer, BlockTask } from './block-work.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A block that waits for its turn to be written. */
interface Queued extends TaskOfBlock {
  /** Null for one that needs the log: the beginning of a line that is longer than a block. */
  readonly answer: Promise<BlockAnswer | null> | null;
  isThere: boolean;
}

/** Blocks in their order, of which some are being worked on. */
export interface BlockQueue {
  /** Reads on as long as a worker has room. */
  giveToWorkers(): void;
  /** Reads the next block and does it at once; false where there is none, or no place for it. */
  work(): boolean;
  first(): Queued | undefined;
  shift(): void;
}

/** A queue of at most so many blocks. */
export function createBlockQueue(
  tasks: BlockTasks,
  pool: WorkerPool,
  work: (task: BlockTask) => BlockAnswer,
  most: number,
): BlockQueue {
  const queue: Queued[] = [];
  const add = (run: (task: BlockTask) => NonNullable<Queued['answer']>): boolean => {
    const next = queue.length < most ? tasks.next() : null;
    if (next === null) return false;
    const answer = next.block.more > 0 ? null : run(next.task);
    const entry = { ...next, answer, isThere: answer === null };
    const done = (): void => void (entry.isThere = true);
    answer?.then(done, done);
    queue.push(entry);
    return true;
  };
  return {
    giveToWorkers() {
      while (pool.hasRoom() && add((task) => pool.run(task)));
    },
    work: () => add((task) => Promise.resolve(work(task))),
    first: () => queue[0],
    shift: () => void queue.shift(),
  };
}
