import type { HealthSnapshot } from '@wemixvisor/health';
import type { AlertEvent } from '../settings/alert-events.ts';
import type { Severity, Trouble } from './alert.ts';
import type { AlertFacts, AlertSettings, RestartNotMade } from './alert-facts.ts';

/** What is wrong with a node that runs. */
export function healthTroubles(
  { health, restartNotMade }: AlertFacts,
  times: AlertSettings,
): readonly Trouble[] {
  if (health === null) return [];
  const specific = [
    standing(health),
    prolonged(health, times),
    fewPeers(health, times),
    lowDisk(health),
  ].filter((found) => found !== null);
  const refused = restartNotMade === null ? [] : [notRestarted(restartNotMade)];
  const told = specific.some(({ key }) => key !== 'prolonged-sync');
  return [...specific, ...(told && isAnswering(health) ? [] : verdict(health, times)), ...refused];
}

/** Events of the health that cannot be judged now: the node is not up, does not say, or was not asked yet. */
export function unjudgedOfHealth({ health }: AlertFacts): readonly AlertEvent[] {
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

function isAnswering({ checks }: HealthSnapshot): boolean {
  return checks.rpc_endpoint.healthy !== false;
}

function verdict({ status, reason }: HealthSnapshot, times: AlertSettings): readonly Trouble[] {
  if (status === 'unhealthy') {
    return [trouble('unhealthy', 'critical', `the node is unhealthy: ${reason}`)];
  }
  if (status !== 'degraded') return [];
  const summary = `the node is degraded: ${reason}`;
  return [trouble('degraded', 'warning', summary, times.alertsDegradedAfter)];
}

function standing({ checks, status, reason }: HealthSnapshot): Trouble | null {
  if (checks.sync_status.healthy !== false && checks.head_progress.healthy !== false) return null;
  return trouble('sync', status === 'unhealthy' ? 'critical' : 'warning', reason);
}

const behind = new Set<HealthSnapshot['phase']>(['syncing', 'healing', 'looking for peers']);

function prolonged(
  { phase, checks, sync }: HealthSnapshot,
  { alertsProlongedSync: holdMs }: AlertSettings,
): Trouble | null {
  if (holdMs === 0 || !behind.has(phase)) return null;
  const { current_block: current, highest_block: highest } = checks.sync_status;
  const percent = sync?.percent ?? null;
  const share = percent === null ? '' : ` (${percent} %)`;
  const where = current === null ? '' : `, at block ${current} of ${highest ?? '?'}${share}`;
  const summary = `the node is still ${phase}${where}`;
  return { ...trouble('sync', 'warning', summary, holdMs), key: 'prolonged-sync' };
}

function fewPeers({ checks }: HealthSnapshot, times: AlertSettings): Trouble | null {
  const { healthy, peers, min_required: wanted } = checks.peer_count;
  if (healthy !== false) return null;
  const summary = `the node has ${peers ?? 0} peer(s), at least ${wanted} wanted`;
  return trouble('peers', 'warning', summary, times.alertsDegradedAfter);
}

const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MiB`;

function lowDisk({ checks }: HealthSnapshot): Trouble | null {
  const disk = checks.disk_space;
  if (disk?.healthy !== false) return null;
  const left = `${mebibytes(disk.free_bytes ?? 0)} are left where the node's data lies`;
  const needed = `${mebibytes(disk.min_required_bytes)} are needed`;
  return trouble('disk', 'critical', `${left}, ${needed}: the node stops itself when it runs out`);
}

function notRestarted({ refusal, reason }: RestartNotMade): Trouble {
  return trouble('health-restart', 'critical', `${refusal}: ${reason}`);
}

function trouble(event: AlertEvent, severity: Severity, summary: string, holdMs = 0): Trouble {
  return { key: event, event, severity, summary, holdMs };
}
