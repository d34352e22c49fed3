import type { UpgradeFacts } from '../src/next-move.ts';
import type { UpgradePlan } from '../src/plan.ts';

/** The moment at which the tests happen. */
export const at = 1_000_000;

/** A plan for now, with overrides. */
export function planOf(changes: Partial<UpgradePlan> = {}): UpgradePlan {
  return {
    id: 'one',
    step: 'waiting',
    isRollback: false,
    since: at,
    from: { version: '1.16.9', program: '/home/binaries/1.16.9-a/geth', sha256: 'a' },
    to: { version: '1.17.5', program: '/home/binaries/1.17.5-b/geth', sha256: 'b' },
    schedule: { notBefore: null, latest: null, height: null, idle: false },
    watchMs: 600_000,
    keepsArguments: true,
    rollback: true,
    backup: null,
    restore: null,
    hook: null,
    forced: [],
    baseline: {
      chainId: 1,
      genesisHash: '0xd4',
      head: 100,
      blockSeconds: 12,
      peers: 5,
      errors: ['Failed to dial'],
    },
    reason: null,
    ...changes,
  };
}

/** A new program that has shown everything, at the end of its watch; with overrides. */
export function factsOf(changes: Partial<UpgradeFacts> = {}): UpgradeFacts {
  return {
    now: at + 600_000,
    state: 'running',
    wanted: true,
    idle: true,
    blockSeconds: null,
    looksEveryMs: 30_000,
    why: null,
    startedAt: at,
    overdueSince: at + 540_000,
    ended: null,
    ready: true,
    repairing: false,
    chainId: 1,
    genesisHash: '0xd4',
    head: 101,
    peers: 1,
    errors: [],
    ...changes,
  };
}
