import { startRepair } from '@wemixvisor/diagnosis';
import { lastLines } from '@wemixvisor/logs';
import type { LastExit, LifecycleSnapshot } from '@wemixvisor/process';
import type { StatusFacts } from '../report/status-report.ts';
import type { AdoptedNode } from './adopt-node.ts';

type Repair = StatusFacts['repair'];

/** Lines of a start in which the node says what it repairs. */
const linesRead = 4_000;

/** Looks, each time the node is up, what its last end had cost it; gives what that was for the present process. */
export function watchRepairs({ options, events, supervision }: AdoptedNode): () => Repair {
  let seen: { readonly generation: number; readonly repair: Repair } | null = null;

  async function look({ logMark, lastExit, generation }: LifecycleSnapshot): Promise<void> {
    const repair = startRepair(await lastLines(options.paths.logs, 'node', linesRead, logMark));
    if (repair === null || lastExit === null || !isOf(lastExit, repair.uncleanSince)) return;
    const { uncleanSince, rewoundBlocks } = repair;
    const told = { unclean_ends: uncleanSince.length, rewound_blocks: rewoundBlocks };
    seen = { generation, repair: told };
    events.publish({ type: 'repaired', repair: told });
  }

  events.subscribe((event) => {
    if (event.type !== 'lifecycle') return;
    const { after } = event.change;
    if (after.state !== 'running' || seen?.generation === after.generation) return;
    seen = { generation: after.generation, repair: null };
    // A log that cannot be read hides what was repaired and nothing else.
    look(after).catch(() => {});
  });
  return () => (seen?.generation === supervision.snapshot.generation ? seen.repair : null);
}

/** Whether the newest unclean run is the one of that end: a node remembers earlier ones too, to the second. */
function isOf({ at, uptimeMs }: LastExit, uncleanSince: readonly number[]): boolean {
  return uptimeMs === null || (uncleanSince.at(-1) ?? 0) >= at - uptimeMs - 1000;
}
