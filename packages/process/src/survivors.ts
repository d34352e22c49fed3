import type { NodeRun } from './lifecycle/state.ts';
import { platformFor } from './platform/platform-for.ts';
import type { Platform, ProcessIdentity } from './platform/platform.ts';
import { isSameProcess } from './process-identity.ts';

/**
 * The processes of a node that live on after its first one, which may have been a wrapper script: those of the session and
 * group that its recorder leads, and of one that the first process made its own. The recorder is no part of the node.
 *
 * While a session or group has a member the kernel gives its number to no other process. So a number is still the node's
 * unless somebody else bears it as his pid, or the machine was booted since.
 */
export function survivorsOf(run: NodeRun, platform: Platform): readonly ProcessIdentity[] {
  const leaders = [run.recorder, run.identity].filter(
    (leader) => platform.identify(leader.pid) === undefined || isSameProcess(leader, platform),
  );
  if (leaders.length === 0) return [];
  return platform
    .membersOf(leaders.map(({ pid }) => pid))
    .filter(({ pid, bootId }) => pid !== run.recorder.pid && bootId === run.recorder.bootId);
}

/**
 * Whether anybody of the recorded node lives: its first process, or what that left behind.
 *
 * @example
 * const { record } = jsonFileStore('/srv/node/record.json');
 * if (record?.state === 'running' && !isNodeAlive(record.run)) console.log('the node is gone');
 */
export function isNodeAlive(
  run: NodeRun,
  platform: Platform = platformFor(process.platform),
): boolean {
  return isSameProcess(run.identity, platform) || survivorsOf(run, platform).length > 0;
}
