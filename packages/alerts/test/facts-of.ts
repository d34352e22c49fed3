import type { AlertFacts, HealthFacts, LifecycleFacts } from '../src/alert-facts.ts';

/** A node that has run for an hour at noon of the day that the tests play on, with overrides. */
export function lifecycleOf(overrides: Partial<LifecycleFacts> = {}): LifecycleFacts {
  return {
    state: 'running',
    desired: 'up',
    reason: null,
    startedAt: Date.parse('2026-11-23T11:00:00Z'),
    restarts: { crash: 0 },
    failures: 0,
    lastExit: null,
    ...overrides,
  };
}

/** An exit with code 1 that nobody asked for, with overrides. */
export function exitOf(
  overrides: Partial<NonNullable<LifecycleFacts['lastExit']>> = {},
): NonNullable<LifecycleFacts['lastExit']> {
  return { code: 1, signal: null, cause: 'unasked', lastLine: null, ...overrides };
}

/** A node that is healthy and at the head of its chain, with overrides. */
export function healthOf(overrides: Partial<HealthFacts> = {}): HealthFacts {
  return {
    status: 'healthy',
    phase: 'synced',
    reason: 'synced at block 1000',
    sync: null,
    checks: checksOf(),
    ...overrides,
  };
}

/** Checks that all passed, with overrides. */
export function checksOf(overrides: Partial<HealthFacts['checks']> = {}): HealthFacts['checks'] {
  return {
    rpc_endpoint: { healthy: true },
    peer_count: { healthy: true, peers: 3, min_required: 1 },
    sync_status: { healthy: true, current_block: 1000, highest_block: 1000 },
    head_progress: { healthy: true },
    ...overrides,
  };
}

/** The facts of a node, by its lifecycle and the rest. */
export function factsOf(
  lifecycle: Partial<LifecycleFacts> = {},
  rest: Omit<AlertFacts, 'lifecycle'> = {},
): AlertFacts {
  return { lifecycle: lifecycleOf(lifecycle), missingFork: null, ...rest };
}
