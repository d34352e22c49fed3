import { describe, expect, it } from 'vitest';
import { healthOf } from '../../test/health-of.ts';
import { exitOf, statusOf } from '../../test/status-of.ts';

const at = Date.parse('2026-11-23T11:00:00Z');
const running = { state: 'running', desired: 'up', pid: 4711, startedAt: at } as const;
const launch = {
  binary: '/usr/bin/geth',
  args: ['--http'],
  environment: ['HOME', 'PATH'],
  endpoint: 'http://127.0.0.1:8545',
  endpointSource: 'arguments' as const,
  network: null,
  version: '1.16.9-stable',
};

describe('statusReport', () => {
  it('shows a time that no date can have as the last one that it can', () => {
    const nextAction = { what: 'restart', at: 1e300 } as const;
    expect(statusOf({ ...running, startedAt: -1e300, nextAction })).toMatchObject({
      started_at: '-271821-04-20T00:00:00.000Z',
      next_action: { at: '+275760-09-13T00:00:00.000Z' },
    });
  });

  it('has null for all that is not known of a node that was never started', () => {
    expect(statusOf({})).toEqual({
      schema: 1,
      state: 'stopped',
      state_since: null,
      desired: 'down',
      generation: 0,
      pid: null,
      supervisor_pid: 100,
      started_at: null,
      uptime_seconds: null,
      usage: null,
      adopted: false,
      restart_count: 0,
      restarts: { crash: 0, health: 0, operator: 0 },
      health: null,
      version: null,
      network: null,
      binary: null,
      binary_replaced: null,
      args: [],
      environment: [],
      endpoint: null,
      endpoint_source: null,
      last_exit: null,
      next_action: null,
      stop_phase: null,
      upgrade: null,
      repair: null,
      reason: null,
      missing_fork: null,
      problems: [],
      home: '/home/op/.wemixvisor',
      log_file: '/home/op/.wemixvisor/logs/node.log',
    });
  });

  it('counts the uptime in whole seconds, and never below zero when the clock has jumped back', () => {
    expect(statusOf(running)).toMatchObject({
      started_at: '2026-11-23T11:00:00.000Z',
      uptime_seconds: 3600,
    });
    expect(statusOf(running, { now: at + 1999 }).uptime_seconds).toBe(1);
    expect(statusOf(running, { now: at - 60_000 }).uptime_seconds).toBe(0);
  });

  it('has no uptime for a process that is gone', () => {
    expect(statusOf({ ...running, state: 'crashed', pid: null }).uptime_seconds).toBeNull();
  });

  it('adds the restarts of every cause', () => {
    const { restart_count: count } = statusOf({ restarts: { crash: 2, health: 3, operator: 4 } });
    expect(count).toBe(9);
  });

  it('believes the running node before the program file', () => {
    expect(statusOf(running, { launch, health: healthOf() }).version).toBe(
      'Geth/v1.16.9-stable-95665d57/linux-amd64/go1.25.1',
    );
    expect(statusOf(running, { launch }).version).toBe('1.16.9-stable');
  });

  it.each([
    ['sepolia', 'mainnet', 'sepolia'],
    ['sepolia', null, 'sepolia'],
    // A private chain whose options do not say so.
    ['chain 4711', 'mainnet', 'chain 4711'],
    ['chain 4711', 'wemix-mainnet', 'chain 4711'],
    ['chain 4711', null, 'chain 4711'],
    ['chain 1337', 'dev', 'dev'],
    // What the node says counts, not what its options are taken for.
    ['chain 1337', 'sepolia', 'chain 1337'],
    ['chain 1337', 'network 5', 'chain 1337'],
    [null, 'mainnet', 'mainnet'],
    [null, null, null],
  ])('names the network %j of a node whose options say %j: %j', (said, network, shown) => {
    const health = healthOf({ network: said });
    expect(statusOf(running, { launch: { ...launch, network }, health }).network).toBe(shown);
  });

  it('forgets the health of a process that is gone', () => {
    expect(statusOf({ state: 'crashed' }, { health: healthOf() }).health).toBeNull();
  });

  it('tells how the node last ended and what is due', () => {
    const lastExit = exitOf({
      code: null,
      signal: 'SIGKILL',
      cause: 'grace-period',
      at,
      lastLine: 'INFO Importing',
    });
    const nextAction = { what: 'restart', at: at + 5000 } as const;
    const status = statusOf({
      state: 'crashed',
      lastExit,
      nextAction,
      reason: 'ended by SIGKILL',
    });
    expect(status).toMatchObject({
      last_exit: {
        code: null,
        signal: 'SIGKILL',
        cause: 'grace-period',
        forced: true,
        at: '2026-11-23T11:00:00.000Z',
        last_line: 'INFO Importing',
      },
      next_action: { what: 'restart', at: '2026-11-23T11:00:05.000Z' },
      reason: 'ended by SIGKILL',
    });
  });

  it.each([
    ['forced', 'stopped by the operator; killed, as it was asked for (stop --force)'],
    ['grace-period', 'stopped by the operator; killed, as it did not stop within its grace period'],
    ['asked', 'stopped by the operator'],
    ['unasked', 'stopped by the operator'],
  ] as const)('says why a node was killed: %s', (cause, reason) => {
    const lastExit = exitOf({ cause });
    const stopped = { state: 'stopped', lastExit, reason: 'stopped by the operator' } as const;
    expect(statusOf(stopped).reason).toBe(reason);
  });
});
