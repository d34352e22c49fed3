import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { healthReport } from '../report/health-report.ts';
import { renderHealthReport } from './health.ts';

describe('renderHealthReport', () => {
  it('has the verdict first, and a line for each check', () => {
    const [verdict, ...checks] = renderHealthReport(healthReport(healthOf())).trimEnd().split('\n');
    expect(verdict).toBe('healthy: synced at block 1000');
    expect(checks).toHaveLength(4);
    expect(checks[0]).toMatch(/^rpc_endpoint: +ok +latency ms 3, failures 0$/);
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
