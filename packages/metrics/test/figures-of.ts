import type { CountedEvent, LifecycleFacts } from '../src/counted-event.ts';
import type { Figures } from '../src/figures.ts';

/** A node that runs; overrides say what differs. */
export function lifecycleOf(overrides: Partial<LifecycleFacts> = {}): LifecycleFacts {
  return {
    state: 'running',
    since: 1_000,
    desired: 'up',
    pid: 7,
    startedAt: 500,
    adopted: false,
    restarts: { crash: 0, health: 0, operator: 0 },
    lastExit: null,
    nextAction: null,
    ...overrides,
  };
}

/** A change of the process from one state to another. */
export function changeOf(
  before: Partial<LifecycleFacts>,
  after: Partial<LifecycleFacts>,
  event: { readonly type: string; readonly left?: readonly unknown[] } = { type: 'exited' },
): CountedEvent {
  return {
    type: 'lifecycle',
    change: { before: lifecycleOf(before), after: lifecycleOf(after), event },
  };
}

/** A health check that was answered. */
export const health = {
  status: 'healthy',
  phase: 'synced',
  timestamp: '2026-01-01T00:00:00.000Z',
  head: { number: 42, timestamp: '2025-12-31T23:59:58.000Z' },
  checks: {
    rpc_endpoint: { healthy: true, latency_ms: 3, failures: 0 },
    peer_count: { healthy: null, peers: 9 },
    sync_status: { healthy: true, syncing: false, highest_block: 42 },
    head_progress: { healthy: false },
    disk_space: { healthy: true, free_bytes: 5e9, min_required_bytes: 1e9 },
  },
} satisfies NonNullable<Figures['health']>;

/** A node that runs and is well. */
export function figuresOf(overrides: Partial<Figures> = {}): Figures {
  return {
    supervisor: {
      version: '1.2.3',
      runtime: 'v24.0.0',
      startedAt: 250,
      cpuMs: 1_500,
      memoryBytes: 5e7,
    },
    lifecycle: lifecycleOf(),
    isReady: true,
    network: 'mainnet',
    client: 'Geth/v1',
    health,
    peerLimit: 50,
    usage: { cpuMs: 2_000, memoryBytes: 1e9 },
    fileDescriptors: { open: 20, limit: 1_024 },
    disk: { dataBytes: 3e9, sizeBytes: 9e9 },
    logSize: 100,
    alerts: { conditions: [], channels: [] },
    ...overrides,
  };
}
