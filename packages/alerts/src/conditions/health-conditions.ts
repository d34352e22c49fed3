import type { AlertEvent } from '../alert-events.ts';
import type { AlertFacts, HealthFacts, RefusedRestart } from '../alert-facts.ts';
import type { AlertOptions } from '../alert-options.ts';
import { conditionOf, type Condition } from './condition.ts';

type Delays = Required<Pick<AlertOptions, 'degradedAfterMs' | 'prolongedSyncMs'>>;

/** What is wrong with the health of a node that runs. */
export function healthConditions(
  { health = null, refusedRestart = null }: AlertFacts,
  delays: Delays,
): readonly Condition[] {
  if (health === null) return [];
  const specific = [
    stuck(health),
    prolongedSync(health, delays),
    fewPeers(health, delays),
    lowDisk(health),
    membership(health, delays),
    removal(health),
    waitingBallots(health),
  ].filter((found) => found !== null);
  const refused = refusedRestart === null ? [] : [notRestarted(refusedRestart)];
  const explained = specific.some(({ key }) => !explainsNothing.includes(key));
  const general = explained && isAnswering(health) ? [] : verdict(health, delays);
  return [...specific, ...general, ...refused];
}

/** Conditions that are no reason for a node to be degraded. */
const explainsNothing: readonly string[] = ['prolonged-sync', 'removal', 'waiting-ballots'];

/** Events of the health that cannot be judged now: the node is not up, did not answer, or was not asked yet. */
export function unjudgedOfHealth(health: HealthFacts | null): readonly AlertEvent[] {
  if (health === null)
    return ['unhealthy', 'degraded', 'peers', 'sync', 'disk', 'governance', 'health-restart'];
  const { checks, status } = health;
  const isUnsure = status === 'unknown' || !isAnswering(health);
  const unsure: (AlertEvent | false)[] = [
    status === 'unknown' && 'unhealthy',
    status === 'unknown' && 'degraded',
    status === 'unknown' && 'health-restart',
    checks.peer_count.healthy === null && 'peers',
    isUnsure && 'sync',
    (checks.disk_space?.healthy ?? null) === null && 'disk',
    (isUnsure || checks.membership?.member === null) && 'governance',
  ];
  return unsure.filter((event) => event !== false);
}

function isAnswering({ checks }: HealthFacts): boolean {
  return checks.rpc_endpoint.healthy !== false;
}

function verdict({ status, reason }: HealthFacts, delays: Delays): readonly Condition[] {
  if (status === 'unhealthy') {
    return [conditionOf('unhealthy', 'critical', `the node is unhealthy: ${reason}`)];
  }
  if (status !== 'degraded') return [];
  const summary = `the node is degraded: ${reason}`;
  return [conditionOf('degraded', 'warning', summary, delays.degradedAfterMs)];
}

function stuck({ checks, status, reason }: HealthFacts): Condition | null {
  if (checks.sync_status.healthy !== false && checks.head_progress.healthy !== false) return null;
  // A chain that stands for lack of its members has their condition already.
  if (status === 'degraded' && checks.membership?.healthy === false) return null;
  return conditionOf('sync', status === 'unhealthy' ? 'critical' : 'warning', reason);
}

const phasesBehind: readonly string[] = ['syncing', 'healing', 'looking for peers'];

function prolongedSync(
  { phase, checks, sync }: HealthFacts,
  { prolongedSyncMs }: Delays,
): Condition | null {
  if (prolongedSyncMs === 0 || !phasesBehind.includes(phase)) return null;
  const { current_block: current, highest_block: highest } = checks.sync_status;
  const percent = sync?.percent ?? null;
  const share = percent === null ? '' : ` (${percent} %)`;
  const where = current === null ? '' : `, at block ${current} of ${highest ?? '?'}${share}`;
  const summary = `the node is still ${phase}${where}`;
  return { ...conditionOf('sync', 'warning', summary, prolongedSyncMs), key: 'prolonged-sync' };
}

function fewPeers({ checks }: HealthFacts, { degradedAfterMs }: Delays): Condition | null {
  const { healthy, peers, min_required: wanted } = checks.peer_count;
  if (healthy !== false) return null;
  const summary = `the node has ${peers ?? 0} peer(s), at least ${wanted} wanted`;
  return conditionOf('peers', 'warning', summary, degradedAfterMs);
}

/** A size for people, with at most one decimal, rounded down: `900 MiB`, `1.9 GiB`. */
function formatSize(bytes: number): string {
  const [unit, name] = bytes < 1024 ** 3 ? [1024 ** 2, 'MiB'] : [1024 ** 3, 'GiB'];
  return `${Math.floor((bytes / unit) * 10) / 10} ${name}`;
}

function lowDisk({ checks }: HealthFacts): Condition | null {
  const disk = checks.disk_space;
  if (disk?.healthy !== false) return null;
  const left = `${formatSize(disk.free_bytes ?? 0)} are left where the node's data lies`;
  const needed = `${formatSize(disk.min_required_bytes)} are needed`;
  const summary = `${left}, ${needed}: the node stops itself when it runs out`;
  return conditionOf('disk', 'critical', summary);
}

/** A member that takes no turns: at once where the network may stand, else when it lasts. */
function membership({ checks }: HealthFacts, { degradedAfterMs }: Delays): Condition | null {
  const { healthy = null, etcd, why = null } = checks.membership ?? {};
  if (healthy !== false || why === null) return null;
  return etcd === 'running'
    ? conditionOf('governance', 'warning', why, degradedAfterMs)
    : conditionOf('governance', 'critical', why);
}

/** A vote that would take this member out of the network; it is over when the vote is. */
function removal({ checks }: HealthFacts): Condition | null {
  const ballot = checks.membership?.removal_ballot ?? null;
  if (ballot === null) return null;
  const summary = `ballot ${ballot} would remove ${checks.membership?.member ?? 'this member'} from the network`;
  return { ...conditionOf('governance', 'critical', summary), key: 'removal' };
}

function waitingBallots({ checks }: HealthFacts): Condition | null {
  const waiting = checks.membership?.waiting_ballots ?? [];
  if (waiting.length === 0) return null;
  const which = `${waiting.length === 1 ? 'ballot' : 'ballots'} ${waiting.join(', ')}`;
  const summary = `the vote of ${checks.membership?.member ?? 'this member'} is missing in ${which}`;
  return { ...conditionOf('governance', 'warning', summary), key: 'waiting-ballots' };
}

function notRestarted({ refusal, reason }: RefusedRestart): Condition {
  return conditionOf('health-restart', 'critical', `${refusal}: ${reason}`);
}
