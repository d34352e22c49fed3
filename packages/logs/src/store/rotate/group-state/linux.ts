import { join } from 'node:path';
import {
  cannotStop,
  operatorStopped,
  outsideGroup,
  ownGroup,
  type WriterStates,
} from './writer-states.ts';
import { isStill, processesIn, statOf, writerCheck, type ProcessStat } from './proc.ts';

/** The writers of a log by proc(5). */
export function writersOnLinux(proc = '/proc', own = process.pid): WriterStates {
  const statOfProcess = (pid: number) => statOf(join(proc, String(pid), 'stat'));
  const others = (): readonly number[] => processesIn(proc).filter((pid) => pid !== own);
  return {
    holders(live) {
      const writes = writerCheck(proc, live);
      return others()
        .filter((pid) => writes(pid) === true)
        .map((pid) => ({ pid, name: statOfProcess(pid)?.name ?? '' }));
    },
    someStopped: (groupId) =>
      others().some((pid) => {
        const stat = statOfProcess(pid);
        return stat?.group === groupId && stat.state === 'T';
      }),
    watch(groupId, live) {
      if (groupId < 1 || statOfProcess(own)?.group === groupId) throw ownGroup(groupId);
      const writes = writerCheck(proc, live);
      const strangers = strangersTo(groupId, snapshot(others(), statOfProcess), writes, (pid) =>
        isStill(proc, pid),
      );
      return () =>
        others()
          .filter((pid) => !strangers.has(pid))
          .every((pid) => {
            // A process that is new, or left the group, counts if it has the file.
            if (statOfProcess(pid)?.group === groupId) return isStill(proc, pid);
            return writes(pid) !== true;
          });
    },
  };
}

type Snapshot = ReadonlyMap<number, ProcessStat>;

function snapshot(
  pids: readonly number[],
  statOfProcess: (pid: number) => ProcessStat | null,
): Snapshot {
  const found = new Map<number, ProcessStat>();
  for (const pid of pids) {
    const stat = statOfProcess(pid);
    if (stat !== null) found.set(pid, stat);
  }
  return found;
}

/**
 * The processes that need not be looked at during the pause: those outside the group, none of which has the file. A process of another user may
 * not be looked at; it counts as one that may have the file where it can have inherited it: in the session of the group, or descended from it.
 *
 * @throws RotationAbandoned where a writer cannot be paused, or the operator stopped the group
 */
function strangersTo(
  groupId: number,
  processes: Snapshot,
  writes: (pid: number) => boolean | null,
  isStopped: (pid: number) => boolean,
): ReadonlySet<number> {
  const session = processes.get(groupId)?.session;
  const strangers = new Set<number>();
  for (const [pid, stat] of processes) {
    if (stat.group === groupId) {
      // Its first thread has stopped: the others will, though one may still be on its way.
      const stops = stat.state === 'T' || (!['Z', 'X'].includes(stat.state) && isStopped(pid));
      if (stops) throw operatorStopped(pid);
      continue;
    }
    const isWriter = writes(pid);
    if (isWriter === true) throw outsideGroup(pid, stat.name);
    const canHaveInherited = stat.session === session || descends(pid, groupId, processes);
    if (isWriter === null && canHaveInherited) throw cannotStop(pid, stat.name);
    strangers.add(pid);
  }
  return strangers;
}

function descends(pid: number, groupId: number, processes: Snapshot): boolean {
  const seen = new Set<number>();
  for (let at = pid; !seen.has(at);) {
    seen.add(at);
    const stat = processes.get(at);
    if (stat === undefined) return false;
    if (stat.group === groupId) return true;
    at = stat.parent;
  }
  return false;
}
