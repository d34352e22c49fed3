import { expect, it } from 'vitest';
import { alertsReport, alertTestReport } from './alerts-report.ts';

it('the report of alerts keeps the keys that 0.4.0 published', () => {
  const at = '2026-11-23T12:00:00.000Z';
  const channels = [{ channel: 'exec', target: '/bin/hook', queued: 1 }] as const;
  const condition = { event: 'peers', severity: 'warning', summary: 'few', since: at } as const;
  const delivery = { at, channel: 'exec', event: 'peers', status: 'raised' } as const;
  const report = alertsReport({
    channels,
    events: ['peers'],
    conditions: [{ ...condition, notifiedAt: at }],
    deliveries: [{ ...delivery, outcome: 'failed', attempts: 1, tookMs: 7, why: 'busy' }],
  });
  expect(JSON.stringify(report)).toBe(
    JSON.stringify({
      schema: 1,
      channels,
      events: ['peers'],
      troubles: [{ ...condition, told_at: at }],
      deliveries: [{ ...delivery, outcome: 'failed', attempts: 1, took_ms: 7, why: 'busy' }],
    }),
  );
});

it('the report of a test keeps the keys that 0.4.0 published', () => {
  const result = { channel: 'exec', target: '/bin/hook', delivered: false } as const;
  expect(JSON.stringify(alertTestReport([{ ...result, tookMs: 7, why: 'busy' }]))).toBe(
    JSON.stringify({ schema: 1, results: [{ ...result, took_ms: 7, why: 'busy' }] }),
  );
});
