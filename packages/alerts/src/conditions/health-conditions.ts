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
  ].filter((found) => found !== null);
  const refused = refusedRestart === null ? [] : [notRestarted(refusedRestart)];
  const explained = specific.some(({ key }) => key !== 'prolonged-sync');
  const general = explained && isAnswering(health) ? [] : verdict(health, delays);
  return [...specific, ...general, ...refused];
}

/** Events of the health that cannot be judged now: the node is not up, did not answer, or was not asked yet. */
export function unjudgedOfHealth(health: HealthFacts | null): readonly AlertEvent[] {
  if (health === null) return ['unhealthy', 'degraded', 'peers', 'sync', 'disk', 'health-restart'];
  const { checks, status } = health;
  const unsure: (AlertEvent | false)[] = [
    status === 'unknown' && 'unhealthy',
    status === 'unknown' && 'degraded',
    status === 'unknown' && 'health-restart',
    checks.peer_count.healthy === null && 'peers',
    (status === 'unknown' || !isAnswering(health)) && 'sync',
    (checks.disk_space?.healthy ?? null) === null && 'disk',
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

function notRestarted({ refusal, reason }: RefusedRestart): Condition {
  return conditionOf('health-restart', 'critical', `${refusal}: ${reason}`);
}
