import type { Sample } from './counts.ts';
import {
  counter,
  epochSeconds,
  gauge,
  histogram,
  oneOf,
  type Facts,
  type Family,
} from './family.ts';

const statuses = ['healthy', 'degraded', 'unhealthy', 'unknown'];
const phases = [
  'starting',
  'running',
  'database repair',
  'looking for peers',
  'syncing',
  'healing',
  'indexing',
  'synced',
  'stalled',
  'stopping',
];

/** The health where the last check was answered: what an older answer said is no figure of now. */
const answered = ({ health }: Facts) =>
  health !== null && health.checks.rpc_endpoint.latency_ms !== null ? health : null;

/** The health of the node, its chain and its disk. Nothing is asked for a scrape: these are the figures of the last check. */
export const healthFamilies: readonly Family[] = [
  gauge(
    'wemixvisor_node_health',
    '1 for the status of the last health check, 0 for the others.',
    ({ health }) => (health === null ? null : oneOf('status', statuses, health.status)),
    'status',
  ),
  gauge(
    'wemixvisor_node_phase',
    '1 for what the node is doing, 0 for the others.',
    ({ health }) => (health === null ? null : oneOf('phase', phases, health.phase)),
    'phase',
  ),
  gauge(
    'wemixvisor_node_check_healthy',
    '1 where a check of the node is passed, 0 where it is failed; a check that cannot tell is left out.',
    checksOf,
    'check',
  ),
  gauge(
    'wemixvisor_node_check_time_seconds',
    'When the last health check ended, in seconds since the epoch. All figures of health, chain and free disk are of then.',
    ({ health }) => (health === null ? null : epochSeconds(Date.parse(health.timestamp))),
  ),
  gauge(
    'wemixvisor_node_failed_checks',
    'Consecutive health checks without an answer.',
    ({ health }) => health?.checks.rpc_endpoint.failures ?? null,
  ),
  counter(
    'wemixvisor_node_checks_total',
    'Health checks by result: answered or failed.',
    ({ counts }) => counts.checks,
    'result',
  ),
  histogram(
    'wemixvisor_node_rpc_duration_seconds',
    'Time that the node took to answer a health check, in whole milliseconds.',
    ({ counts }) => counts.rpcSeconds,
  ),
  gauge(
    'ethereum_blockchain_height',
    'The current height of the canonical chain (EIP-2159).',
    (facts) => answered(facts)?.head?.number ?? null,
  ),
  gauge(
    'ethereum_best_known_block_number',
    'The estimated highest block available (EIP-2159).',
    (facts) => answered(facts)?.checks.sync_status.highest_block ?? null,
  ),
  gauge(
    'ethereum_peer_count',
    'The current number of peers connected (EIP-2159).',
    (facts) => answered(facts)?.checks.peer_count.peers ?? null,
  ),
  gauge(
    'ethereum_peer_limit',
    'The maximum number of peers this node allows to connect (EIP-2159), where its arguments or its file say it.',
    ({ lifecycle, peerLimit }) => (lifecycle.pid === null ? null : peerLimit),
  ),
  gauge(
    'wemixvisor_node_head_time_seconds',
    'When the newest block was made, in seconds since the epoch; block 0 has no such time.',
    (facts) => {
      const head = answered(facts)?.head ?? null;
      return head === null || head.number === 0 ? null : epochSeconds(Date.parse(head.timestamp));
    },
  ),
  gauge(
    'wemixvisor_node_syncing',
    '1 while the node says that it is behind, 0 where it does not.',
    (facts) => answered(facts)?.checks.sync_status.syncing ?? null,
  ),
  gauge(
    'wemixvisor_node_disk_free_bytes',
    "Free space for an ordinary user in the file system of the node's data, at the last health check.",
    ({ health }) => health?.checks.disk_space?.free_bytes ?? null,
  ),
  gauge(
    'wemixvisor_node_disk_required_bytes',
    'Free space below which the disk check fails: twice the space at which the node stops itself.',
    ({ health }) => health?.checks.disk_space?.min_required_bytes ?? null,
  ),
  gauge(
    'wemixvisor_node_disk_size_bytes',
    "Size of the file system of the node's data.",
    ({ disk }) => disk?.sizeBytes ?? null,
  ),
  gauge(
    'wemixvisor_node_data_bytes',
    'Space that the data directory of the node takes of it, measured at most once an hour while somebody scrapes.',
    ({ disk }) => disk?.dataBytes ?? null,
  ),
];

function checksOf({ health }: Facts): readonly Sample[] | null {
  if (health === null) return null;
  return Object.entries(health.checks).flatMap(([check, { healthy }]) =>
    healthy === null ? [] : [{ labels: { check }, value: Number(healthy) }],
  );
}
