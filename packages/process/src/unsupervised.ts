import { classifyExit, noFindings, type ClassifyExit, type ExitFindings } from './classify-exit.ts';
import type { ProcessError } from './errors.ts';
import type { Exited } from './lifecycle/event.ts';
import { defaultRestartPolicy } from './lifecycle/restart-policy.ts';
import { runOf, type NodeRun } from './lifecycle/state.ts';
import { transition } from './lifecycle/transition.ts';
import { withDefaults, type ProcessPorts } from './ports.ts';
import { processEnd } from './process-end.ts';
import { snapshotOf, type LifecycleRecord, type LifecycleSnapshot } from './snapshot.ts';
import { isNodeAlive } from './survivors.ts';

/** What {@link unsupervisedSnapshot} needs besides the record. */
export interface UnsupervisedOptions {
  /** Folder of the exit records. */
  readonly runDirectory: string;
  /** As in `supervise()`. @default none: an end that nobody saw is told without its meaning */
  readonly classifyExit?: ClassifyExit | undefined;
  /** Receives a classification that failed. */
  readonly onError?: ((error: ProcessError) => void) | undefined;
}

/**
 * What is true of a recorded node while no supervisor is up. A node that lives is as it was recorded; the end of one that does not is told as the next
 * supervisor will tell it. Nothing is written, signalled or started, and no time is due.
 *
 * @example
 * const { record = initialLifecycle } = jsonFileStore('/srv/node/record.json');
 * const { state, pid, lastExit } = await unsupervisedSnapshot(record, { runDirectory: '/srv/node' });
 */
export async function unsupervisedSnapshot(
  record: LifecycleRecord,
  options: UnsupervisedOptions,
  ports: Partial<ProcessPorts> = {},
): Promise<LifecycleSnapshot> {
  const all = withDefaults(ports);
  const idle = { ...snapshotOf(record), nextAction: null };
  const run = runOf(record);
  if (run !== null && isNodeAlive(run, all.platform)) return idle;
  if (idle.state === 'stopped' || idle.state === 'error') return idle;
  const gone = { ...idle, since: null, pid: null, groupId: null, startedAt: null, adopted: false };
  const ended = run === null ? null : await endOf(record, run, options, all);
  if (ended !== null) {
    const { state, reason, lastExit } = snapshotOf(ended);
    // A restart that would follow is for a supervisor to decide; what rules it out is known now.
    const isSettled = state === 'stopped' || lastExit?.diagnosis?.class === 'never';
    const since = lastExit?.at ?? null;
    if (isSettled) return { ...gone, state, since, reason, lastExit };
    return { ...gone, state: 'crashed', since, reason: unattended(reason), lastExit };
  }
  // The last exit that is known is that of the run before.
  const unknown = run === null ? gone : { ...gone, lastExit: null };
  const wasStopped = idle.state === 'stopping' && idle.desired === 'down';
  if (wasStopped) return { ...unknown, state: 'stopped' };
  const since = idle.state === 'crashed' ? idle.since : null;
  return { ...unknown, state: 'crashed', since, reason: unattended(idle.reason) };
}

function unattended(reason: string | null): string {
  const nobody = 'neither the node nor its supervisor is running; start takes it up again';
  return reason === null ? nobody : `${reason}; ${nobody}`;
}

/** The lifecycle after the recorded end of its node; null where the end was not recorded, as after a loss of power. */
async function endOf(
  record: LifecycleRecord,
  run: NodeRun,
  { runDirectory, classifyExit: classify, onError = () => undefined }: UnsupervisedOptions,
  { clock, readExit, platform }: ProcessPorts,
): Promise<LifecycleRecord | null> {
  const exit = readExit(runDirectory, record.generation);
  if (exit?.ran !== true) return null;
  const { generation } = record;
  const seen = { seenAt: clock.now(), outlived: false, upMs: undefined };
  const end = processEnd({ run, generation, record: exit, ...seen }, platform);
  const findings =
    classify === undefined
      ? noFindings
      : await new Promise<ExitFindings>((resolve) => {
          classifyExit(end, { classify, clock, report: onError }, resolve);
        });
  const exited: Exited = {
    type: 'exited',
    ...end,
    classifiedAt: end.seenAt,
    findings,
    // The supervisor that is gone may have killed it: the record tells.
    killed: true,
    left: [],
    ran: true,
    jitter: 0,
  };
  return transition(record, exited, defaultRestartPolicy).lifecycle;
}
