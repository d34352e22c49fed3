import type { Worker } from 'node:worker_threads';
import type { BlockAnswer, BlockTask } from './block-work.ts';

/** Worker threads that answer tasks; each one its own in order. */
export interface WorkerPool {
  /** Whether one of them has fewer tasks than it may have. */
  hasRoom(): boolean;
  /** Gives a task, whose memory goes with it, to the worker that has the fewest; resolves to null once the pool is closed. Rejects where a worker failed. */
  run(task: BlockTask): Promise<BlockAnswer | null>;
  /** Ends the workers, whatever they do. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: BlockAnswer | null) => void;
  readonly reject: (error: unknown) => void;
}

interface Member {
  readonly worker: Worker;
  readonly waiting: Waiting[];
}

/** Starts so many workers, of which each has at most so many tasks. */
export function createWorkerPool(count: number, tasks: number, start: () => Worker): WorkerPool {
  const members = Array.from({ length: count }, () => memberOf(start()));
  return {
    hasRoom: () => members.some(({ waiting }) => waiting.length < tasks),
    run(task) {
      const member = members.reduce((least, each) =>
        each.waiting.length < least.waiting.length ? each : least,
      );
      const answer = new Promise<BlockAnswer | null>((resolve, reject) => {
        member.waiting.push({ resolve, reject });
      });
      // Nobody may wait for it any more when its turn comes.
      answer.catch(() => undefined);
      member.worker.postMessage(task, [task.block, task.room]);
      return answer;
    },
    async close() {
      for (const { waiting } of members) waiting.splice(0).forEach(({ resolve }) => resolve(null));
      await Promise.all(members.map(({ worker }) => worker.terminate()));
    },
  };
}

function memberOf(worker: Worker): Member {
  const waiting: Waiting[] = [];
  let failure: unknown;
  worker.on('message', (answer: BlockAnswer) => waiting.shift()?.resolve(answer));
  worker.on('error', (error) => (failure = error));
  worker.on('exit', (code) => {
    failure ??= new Error(`a worker thread ended with ${code}`);
    waiting.splice(0).forEach(({ reject }) => reject(failure));
  });
  return { worker, waiting };
}
