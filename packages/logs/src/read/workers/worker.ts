import { parentPort, workerData } from 'node:worker_threads';
import { createBlockWork, type BlockTask, type WorkSetup } from './block-work.ts';

/* The program of a worker thread: answers each block that it is given. */
const work = createBlockWork(workerData as WorkSetup);
parentPort?.on('message', (task: BlockTask) => {
  const answer = work(task);
  parentPort?.postMessage(answer, [answer.block, answer.room]);
});
