import type { HealthSnapshot } from '@wemixvisor/health';

/** The health of a node that is well and at the head of its chain, with overrides. */
export function healthOf(overrides: Partial<HealthSnapshot> = {}): HealthSnapshot {
  return {
    healthy: true,
    status: 'healthy',
    phase: 'synced',
    timestamp: '2026-11-23T12:00:00.000Z',
    reason: 'synced at block 1000',
    next: null,
    clientVersion: 'Geth/v1.16.9-stable-95665d57/linux-amd64/go1.25.1',
    chainId: 1,
    network: 'mainnet',
    head: {
      number: 1000,
      timestamp: '2026-11-23T11:59:58.000Z',
      ageSeconds: 2,
      blockIntervalSeconds: 1,
    },
    sync: null,
    checks: checksOf(),
    ...overrides,
  };
}

/** Checks that all passed, with overrides. */
export function checksOf(
  overrides: Partial<HealthSnapshot['checks']> = {},
): HealthSnapshot['checks'] {
  return {
    rpc_endpoint: { healthy: true, latency_ms: 3, failures: 0, why: null },
    peer_count: { healthy: true, peers: 3, min_required: 1 },
    sync_status: {
      healthy: true,
      syncing: false,
      current_block: 1000,
      highest_block: 1000,
      stuck_seconds: null,
    },
    head_progress: {
      healthy: true,
      standing_seconds: 0,
      block_interval_seconds: 1,
      peers_ahead: null,
    },
    ...overrides,
  };
}
