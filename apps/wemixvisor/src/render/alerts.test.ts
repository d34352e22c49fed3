import { describe, expect, it } from 'vitest';
import type { AlertsReport } from '../report/alerts-report.ts';
import { renderAlerts, renderAlertTest, renderLeftAlerts } from './alerts.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const report: AlertsReport = {
  schema: 1,
  channels: [
    { channel: 'webhook', target: 'slack at https://hooks.slack.com', queued: 2 },
    { channel: 'exec', target: '/usr/local/bin/tell', queued: 0 },
  ],
  events: ['crash'],
  troubles: [
    {
      ...{ event: 'crash', severity: 'critical', summary: 'the node crashed' },
      ...{ since: '2026-11-23T11:58:00Z', told_at: '2026-11-23T11:58:30Z' },
    },
    {
      ...{ event: 'peers', severity: 'warning', summary: 'few peers' },
      ...{ since: '2026-11-23T11:59:00Z', told_at: null },
    },
  ],
  deliveries: [
    {
      ...{ at: '2026-11-23T11:58:31Z', channel: 'exec', event: 'crash', status: 'raised' },
      ...{ outcome: 'delivered', attempts: 1, took_ms: 12, why: null },
    },
    {
      ...{ at: '2026-11-23T11:59:00Z', channel: 'webhook', event: 'crash', status: 'raised' },
      ...{ outcome: 'failed', attempts: 3, took_ms: 7, why: 'it answered 500' },
    },
  ],
};

describe('the alerts on the screen', () => {
  it('are what is wrong, the channels and the deliveries of late', () => {
    expect(renderAlerts(report, now)).toBe(
      `Wrong now:
  critical crash: the node crashed (for 2m, told 1m 30s ago)
  warning  peers: few peers (for 1m, not told yet)
Channels:
  webhook: slack at https://hooks.slack.com, 2 waiting
  exec: /usr/local/bin/tell
Deliveries:
  1m 29s ago: crash raised delivered by exec in 12 ms
  1m ago: crash raised by webhook: failed, tried again (attempt 3): it answered 500
`,
    );
  });

  it('are three short lines where all is well', () => {
    expect(renderAlerts({ ...report, channels: [], troubles: [], deliveries: [] }, now)).toBe(
      `Wrong now: nothing
Channels: none, so nobody is told: set alerts.webhook_url or alerts.exec in config.toml
Deliveries: none of late
`,
    );
  });

  it('say nothing of telling where there is no channel', () => {
    expect(renderAlerts({ ...report, channels: [] }, now)).toContain(
      'critical crash: the node crashed (for 2m)\n',
    );
  });

  it('are what was wrong at the last look where no supervisor runs', () => {
    const { troubles } = report;
    const left = { schema: 1, supervised: false, troubles: troubles.slice(1), pending: 2 } as const;
    expect(renderLeftAlerts(left, now))
      .toBe(`No supervisor is running, so nobody watches the node: wemixvisor start
Wrong at the last look:
  warning  peers: few peers (for 1m)
Not delivered: 2 alerts, delivered by the next supervisor
`);
    expect(renderLeftAlerts({ ...left, troubles: [], pending: 0 }, now)).toContain(
      'Wrong at the last look: nothing\n',
    );
  });

  it('of a test are a line for each channel', () => {
    const result = { channel: 'webhook', target: 'json at https://example.org' } as const;
    const results = [
      { ...result, delivered: true, took_ms: 31, why: null },
      { ...result, delivered: false, took_ms: 5, why: 'it answered 404' },
    ];
    expect(renderAlertTest({ schema: 1, results })).toBe(
      'webhook (json at https://example.org): delivered in 31 ms\nwebhook (json at https://example.org): failed: it answered 404\n',
    );
  });
});
