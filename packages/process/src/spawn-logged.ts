import { closeSync } from 'node:fs';
import type { NodeCommand } from './node-command.ts';
import type { SpawnedNode, SpawnNode } from './spawn-node.ts';

/** Spawns with a newly opened log, and closes the descriptor of this process afterwards. */
export async function spawnLogged(
  command: NodeCommand,
  where: { readonly runDirectory: string; readonly generation: number },
  openLog: () => number,
  spawn: SpawnNode,
): Promise<SpawnedNode> {
  const log = openLog();
  try {
    return await spawn(command, { ...where, log });
  } finally {
    closeSync(log);
  }
}
