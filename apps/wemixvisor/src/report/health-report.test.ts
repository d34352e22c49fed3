import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { healthReport } from './health-report.ts';

describe('healthReport', () => {
  it("has the guide's shape, names in snake_case", () => {
    const report = healthReport(
      healthOf({ sync: { percent: 12.5, ratePerSecond: 100, etaSeconds: 70 } }),
    );
    expect(report).toMatchObject({
      healthy: true,
      timestamp: '2026-11-23T12:00:00.000Z',
      checks: {
        rpc_endpoint: { healthy: true, latency_ms: 3 },
        peer_count: { healthy: true, peers: 3, min_required: 1 },
        sync_status: { healthy: true, syncing: false, current_block: 1000, highest_block: 1000 },
      },
      head: { number: 1000, age_seconds: 2, block_interval_seconds: 1 },
      sync: { percent: 12.5, rate_per_second: 100, eta_seconds: 70 },
    });
    expect(JSON.stringify(report)).not.toMatch(/"[a-z]+[A-Z]\w*":/);
  });

  it('has null for a head and a sync that nobody has seen', () => {
    expect(healthReport(healthOf({ head: null }))).toMatchObject({ head: null, sync: null });
  });

  it('publishes further checks as they are', () => {
    const disk_space = { healthy: false, free_bytes: 1, min_required_bytes: 2 };
    const { checks } = healthReport(healthOf({ checks: checksOf({ disk_space }) }));
    expect(checks.disk_space).toEqual(disk_space);
  });
});
