import { partAt, type OpenLog } from '../open/open-log.ts';
import { blockMemory, forwardBlocks, type Block } from '../select/blocks.ts';
import { roomPerByte, type BlockTask } from './block-work.ts';

type Memory = Pick<BlockTask, 'block' | 'room'>;

/** A block of a log, and what a thread has to know of it. */
export interface TaskOfBlock {
  readonly block: Block;
  readonly task: BlockTask;
}

/** The blocks of a log one after another, each in memory of its own. */
export interface BlockTasks {
  /** Null at the end. */
  next(): TaskOfBlock | null;
  /** Takes memory back, for a block to come. */
  free(memory: Memory): void;
}

/** Reads a part of a log as tasks. */
export function blockTasks(log: OpenLog, from: number, to: number, isJson: boolean): BlockTasks {
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
      return { block, task: { ...memory, start, end, near } };
    },
    free: ({ block, room }) => void unused.push({ block, room }),
  };
}

function newMemory(bytes: number, isJson: boolean): Memory {
  const block = blockMemory(bytes).buffer as ArrayBuffer;
  return { block, room: new ArrayBuffer(isJson ? block.byteLength * roomPerByte : 0) };
}
