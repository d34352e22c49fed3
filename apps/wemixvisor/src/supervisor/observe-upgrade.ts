import { setTimeout as sleep } from 'node:timers/promises';
import { readLog } from '@wemixvisor/logs';
import { redactText } from '@wemixvisor/passthrough';
import type { LifecycleSnapshot } from '@wemixvisor/process';
import { createWitness, type nextMove } from '@wemixvisor/upgrade';
import { exitWords } from '../report/exit-words.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';
import type { AdoptedNode } from './adopt-node.ts';
import type { NodeMonitor } from './node-monitor.ts';

/** What is observed of the node during an upgrade. */
type UpgradeFacts = Parameters<typeof nextMove>[1];
type Baseline = NonNullable<UpgradePlan['baseline']>;

/** Milliseconds between two looks at the old program before the switch. */
const baselineEveryMs = 500;
/** Errors that are told apart, and lines that are read for them. */
const [mostErrors, linesRead] = [50, 5_000];

/** Observes the node of a home for its upgrade. */
export interface UpgradeObserver {
  /** What is so now; at the end of a watch the node is asked, and its log is read. */
  observe(plan: UpgradePlan): Promise<UpgradeFacts>;
  /**
   * How the node is before the switch. It is asked until its head was seen to move, for `withinMs` at most: a supervisor that has just taken it
   * up knows nothing of that. Of one that stays down, what its last check has found; null where nothing is known.
   */
  baseline(withinMs: number, signal: AbortSignal): Promise<Baseline | null>;
  /** Notes what a check has found. */
  noteHealth(health: NonNullable<NodeMonitor['health']>): void;
  /** Notes that the present process fell silent, and was restarted for that. */
  noteSilence(reason: string): void;
}

/** Makes an observer of a node. */
export function createUpgradeObserver(
  { options, supervision, settings }: Pick<AdoptedNode, 'options' | 'supervision' | 'settings'>,
  nodeMonitor: Pick<NodeMonitor, 'health' | 'check' | 'description'>,
): UpgradeObserver {
  const { logs } = options.paths;
  const known = createWitness<NonNullable<NodeMonitor['health']>>();
  let silence: { readonly at: number; readonly reason: string } | null = null;

  /** Asks the old program, and says whether its head was seen to move. */
  async function isSeenToMove(): Promise<boolean> {
    if (supervision.snapshot.state !== 'running') return false;
    await nodeMonitor.check({ live: true });
    if (nodeMonitor.health !== null) known.note(nodeMonitor.health);
    return (known.last?.head?.blockIntervalSeconds ?? null) !== null;
  }

  return {
    async observe(plan) {
      const now = Date.now();
      const before = supervision.snapshot;
      const overdueSince = known.overdueSince(plan, supervision.snapshot.startedAt, now);
      const isLastLook = overdueSince !== null && before.state === 'running';
      if (isLastLook) await nodeMonitor.check({ live: true });
      const readySince = new Date(before.since ?? now);
      const errors = isLastLook ? await errorsIn(logs, { since: readySince }) : [];
      const { snapshot } = supervision;
      const { state, desired, startedAt, pid } = snapshot;
      const { health } = nodeMonitor;
      const fellSilent = silence !== null && silence.at >= plan.since ? silence.reason : null;
      return {
        now,
        state,
        wanted: desired === 'up',
        why: snapshot.reason,
        startedAt: pid === null ? null : startedAt,
        overdueSince,
        ended: endedSince(snapshot, plan.since) ?? fellSilent,
        ready: state === 'running',
        repairing: health?.phase === 'database repair',
        idle: state === 'running' && health?.status === 'healthy' && health.phase === 'synced',
        blockSeconds: health?.head?.blockIntervalSeconds ?? null,
        looksEveryMs: settings.current.healthCheckInterval,
        ...seenOf(health),
        errors,
      };
    },
    async baseline(withinMs, signal) {
      const deadline = performance.now() + withinMs;
      const isLate = () => performance.now() >= deadline || signal.aborted;
      const canTell = () =>
        supervision.snapshot.desired === 'up' && nodeMonitor.description()?.endpoint !== null;
      while (!(await isSeenToMove()) && canTell() && !isLate()) await sleep(baselineEveryMs);
      const { last: health } = known;
      if (health === null) return null;
      const errors = await errorsIn(logs, { lines: linesRead });
      return { ...seenOf(health), blockSeconds: known.pace(health), errors };
    },
    noteHealth: (health) => known.note(health),
    noteSilence(reason) {
      silence = { at: Date.now(), reason: `the node fell silent: ${reason}` };
    },
  };
}

function seenOf(health: NodeMonitor['health']) {
  const { chainId = null, genesisHash = null, head = null, checks } = health ?? {};
  return {
    chainId,
    genesisHash,
    head: head?.number ?? null,
    peers: checks?.peer_count.peers ?? null,
  };
}

/** How the node ended since a moment without being asked to; null where it did not. */
function endedSince({ lastExit }: LifecycleSnapshot, since: number): string | null {
  if (lastExit === null || lastExit.at < since || lastExit.cause !== 'unasked') return null;
  const { diagnosis, lastLine } = lastExit;
  const why = diagnosis?.summary ?? lastLine;
  return `the node ended ${exitWords(lastExit)}${why === null ? '' : `: ${why}`}`;
}

/** What a node wrote as errors, without figures, so that the same error is one; none where the log cannot be read. */
async function errorsIn(
  directory: string,
  selection: { readonly since: Date } | { readonly lines: number },
): Promise<readonly string[]> {
  const found = new Set<string>();
  try {
    for await (const record of readLog({ ...selection, directory, name: 'node', shared: true })) {
      if (record.level !== 'error' && record.level !== 'crit') continue;
      const text = redactText(record.message.trim()).replaceAll(/\d+/g, 'N').slice(0, 200);
      if (text !== '') found.add(text);
      if (found.size >= mostErrors) break;
    }
  } catch {
    // A log that cannot be read says nothing; its readers hear why.
  }
  return [...found];
}
