import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { exitOf, statusOf } from '../../test/status-of.ts';
import { schemaErrorsOf } from '../../test/published-schema.ts';

const up = { state: 'running', desired: 'up', generation: 1, pid: 7, startedAt: 0 } as const;
const lastExit = exitOf({ code: null, signal: 'SIGKILL', cause: 'forced', lastLine: 'bye' });

describe('the JSON schema of status', () => {
  it.each([
    ['a node that was never started', statusOf({})],
    ['a node that is well', statusOf(up, { health: healthOf() })],
    [
      'a node that syncs and is short of disk',
      statusOf(up, {
        usage: { cpuPercent: 12.5, memoryBytes: 1, cpuMs: 900 },
        health: healthOf({
          phase: 'syncing',
          sync: { percent: 99.99, ratePerSecond: null, etaSeconds: 1 },
          checks: checksOf({
            disk_space: { healthy: false, free_bytes: 1, min_required_bytes: 2 },
          }),
        }),
      }),
    ],
    [
      'a crashed node',
      statusOf(
        { state: 'crashed', lastExit, nextAction: { what: 'restart', at: 1 }, reason: 'killed' },
        { supervisorPid: null },
      ),
    ],
  ])('describes %s', (_, status) => {
    expect(schemaErrorsOf('status', status)).toEqual([]);
  });

  it('refuses a field that it does not know, and one that is missing', () => {
    expect(schemaErrorsOf('status', { ...statusOf({}), more: 1 })).toMatchObject([
      { keyword: 'additionalProperties' },
    ]);
    const less = { ...statusOf({}), reason: undefined };
    expect(schemaErrorsOf('status', JSON.parse(JSON.stringify(less)))).toMatchObject([
      { keyword: 'required' },
    ]);
  });
});
