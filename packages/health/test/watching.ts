import { createMonitor } from '../src/index.ts';
import type { HealthOptions } from '../src/options.ts';
import { scriptedNode } from './scripted-node.ts';

/** Where the scripted node is said to be. */
export const endpoint = { kind: 'http', url: 'http://127.0.0.1:8545' } as const;

/** A started monitor of a scripted node, with what its listeners heard. */
export function watching(overrides: Partial<HealthOptions> = {}) {
  const node = scriptedNode();
  const monitor = createMonitor({ endpoint, ...overrides }, node.ports);
  const restarts: string[] = [];
  const changes: string[] = [];
  monitor.onRestartWanted((reason) => restarts.push(reason));
  monitor.subscribe(({ before, after }) => changes.push(`${before.status} > ${after.status}`));
  monitor.start();
  return { node, clock: node.clock, monitor, restarts, changes };
}
