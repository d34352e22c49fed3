import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { healthReport } from '../report/health-report.ts';
import { renderHealthReport } from './health.ts';

describe('renderHealthReport', () => {
  it('has the verdict first, and a line for each check', () => {
    const [verdict, ...checks] = renderHealthReport(healthReport(healthOf())).trimEnd().split('\n');
    expect(verdict).toBe('healthy: synced at block 1000');
    expect(checks).toHaveLength(4);
    expect(checks[0]).toMatch(/^rpc_endpoint: +ok +latency 3 ms, failures 0$/);
  });

  it('has sizes and spans as people write them', () => {
    const checks = checksOf({
      disk_space: { healthy: true, free_bytes: 70 * 1024 ** 3, min_required_bytes: 2 * 1024 ** 3 },
      head_progress: {
        healthy: true,
        standing_seconds: 600,
        block_interval_seconds: 12,
        peers_ahead: null,
      },
    });
    const text = renderHealthReport(healthReport(healthOf({ checks })));
    expect(text).toMatch(/^disk_space: +ok +free 70 GiB, min required 2 GiB$/m);
    expect(text).toMatch(/^head_progress: +ok +.*standing 10m, block interval 12 s/m);
  });

  it('leaves out what there is none of', () => {
    const nobody = { member: null, leader: null, mining: false, own_blocks: null };
    const unknown = {
      recent_blocks: null,
      governance_synced: null,
      removal_ballot: null,
      why: null,
    };
    const counts = { etcd: 'stopped', members: 3, members_up: 1, waiting_ballots: [] } as const;
    const membership = { healthy: false, ...nobody, ...unknown, ...counts };
    const text = renderHealthReport(healthReport(healthOf({ checks: checksOf({ membership }) })));
    expect(text).toMatch(
      /^membership: +failing +mining false, etcd stopped, members 3, members up 1$/m,
    );
  });

  it('tells what fails, what is unknown, and what will be done', () => {
    const checks = checksOf({
      peer_count: { healthy: false, peers: 0, min_required: 1 },
      rpc_endpoint: { healthy: null, latency_ms: null, failures: 0, why: null },
    });
    const next = 'checked again within 30s';
    const text = renderHealthReport(healthReport(healthOf({ status: 'degraded', next, checks })));
    expect(text).toMatch(/^degraded: /);
    expect(text).toContain(`\nnext: ${next}\n`);
    expect(text).toMatch(/^peer_count: +failing +peers 0, min required 1$/m);
    expect(text).toMatch(/^rpc_endpoint: +unknown +failures 0$/m);
  });
});
