import { describe, expect, it } from 'vitest';
import { healthOf } from '../../test/health-of.ts';
import { statusOf } from '../../test/status-of.ts';
import { isReady } from './routes.ts';

const running = { state: 'running', pid: 7 } as const;
const withHealth = (...overrides: Parameters<typeof healthOf>) =>
  statusOf(running, { health: healthOf(...overrides) });

describe('readiness', () => {
  it.each([
    ['a node at the head', withHealth(), true],
    ['a node that indexes at the head', withHealth({ phase: 'indexing' }), true],
    ['a node that runs and was not checked yet', statusOf(running), true],
    ['a node that cannot be asked', withHealth({ status: 'unknown', phase: 'running' }), true],
    ['a node that syncs', withHealth({ phase: 'syncing' }), false],
    ['a node with too few peers', withHealth({ status: 'degraded', healthy: false }), false],
    ['a node that starts', statusOf({ state: 'starting', pid: 7 }), false],
    ['a node that is stopping', statusOf({ state: 'stopping', pid: 7 }), false],
  ])('of %s', (_, status, ready) => {
    expect(isReady(status)).toBe(ready);
  });
});
