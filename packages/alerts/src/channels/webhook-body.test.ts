import { describe, expect, it } from 'vitest';
import { alertOf } from '../../test/alert-of.ts';
import type { Alert } from '../alert.ts';
import { webhookBody } from './webhook-body.ts';

const hour = 3_600_000;
const options = { integrationKey: 'k3y', reminderMs: 24 * hour };
const hostile = alertOf({ summary: 'last line: <!channel> & @everyone' });

describe('the body of a webhook', () => {
  it('is the alert itself as JSON', () => {
    expect(JSON.parse(webhookBody(hostile, 'json', options))).toEqual(hostile);
  });

  it('is one line for Slack, in which nothing calls anybody', () => {
    expect(JSON.parse(webhookBody(hostile, 'slack', options))).toEqual({
      text: 'CRITICAL crash on validator-1 (/home/op/.wemixvisor): last line: &lt;!channel&gt; &amp; @everyone',
    });
  });

  it('is one line for Discord, in which nobody may be called, and not too long', () => {
    expect(
      JSON.parse(webhookBody(alertOf({ ...hostile, status: 'resolved' }), 'discord', options)),
    ).toEqual({
      content:
        'RESOLVED crash on validator-1 (/home/op/.wemixvisor): last line: <!channel> & @everyone',
      allowed_mentions: { parse: [] },
    });
    const long = webhookBody(alertOf({ summary: 'x'.repeat(3_000) }), 'discord', options);
    expect((JSON.parse(long) as { content: string }).content).toHaveLength(2_000);
  });

  describe('for PagerDuty', () => {
    const event = (overrides: Partial<Alert>) =>
      JSON.parse(webhookBody(alertOf(overrides), 'pagerduty', options)) as {
        readonly dedup_key: string;
        readonly event_action: string;
        readonly payload: { readonly summary: string };
      };

    it('is an event of its API, version 2', () => {
      expect(event({ since: '2026-11-23T11:00:00.000Z' })).toEqual({
        routing_key: 'k3y',
        event_action: 'trigger',
        dedup_key: 'crash validator-1 /home/op/.wemixvisor',
        payload: {
          summary:
            'crash on validator-1: the node crashed: exit code 1; it is started again (restart 1)',
          source: 'validator-1',
          severity: 'critical',
          timestamp: '2026-11-23T12:00:00.000Z',
          component: '/home/op/.wemixvisor',
          class: 'crash',
          custom_details: {
            status: 'raised',
            since: '2026-11-23T11:00:00.000Z',
            network: 'wemix-mainnet',
            binary: '/usr/local/bin/gwemix',
            state: 'crashed',
            pid: null,
          },
        },
      });
    });

    it('resolves what it triggered, and nothing else', () => {
      const raised = event({ key: 'sync' });
      const resolved = event({ key: 'sync', status: 'resolved', id: 'another' });
      expect([resolved.event_action, resolved.dedup_key]).toEqual(['resolve', raised.dedup_key]);
      expect(event({ key: 'prolonged-sync' }).dedup_key).not.toBe(raised.dedup_key);
      const notice = event({ status: 'notice', id: 'one' });
      expect([notice.event_action, notice.dedup_key]).toEqual(['trigger', 'one']);
    });

    it('is no longer than it takes', () => {
      const long = event({ summary: 'x'.repeat(3_000), key: 'y'.repeat(300) });
      expect(long.payload.summary).toHaveLength(1_024);
      expect(long.dedup_key).toHaveLength(255);
    });
  });

  describe('for Alertmanager', () => {
    interface Posted {
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
      readonly startsAt: string;
      readonly endsAt: string;
    }
    const alerts = (overrides: Partial<Alert>, changed: Partial<typeof options> = {}) =>
      JSON.parse(
        webhookBody(alertOf(overrides), 'alertmanager', { ...options, ...changed }),
      ) as readonly Posted[];
    const at = '2026-11-23T12:00:00.000Z';
    const firing = (posted: readonly Posted[]) =>
      posted.filter(({ endsAt }) => endsAt > at).map(({ labels }) => labels['severity']);

    it('is an alert of its API, version 2, that lasts until after the next reminder', () => {
      const since = '2026-11-23T11:59:00.000Z';
      expect(alerts({ since })[2]).toEqual({
        labels: {
          alertname: 'wemixvisor crash',
          job: 'wemixvisor',
          instance: 'validator-1',
          home: '/home/op/.wemixvisor',
          key: 'crash',
          severity: 'critical',
        },
        annotations: {
          summary: 'the node crashed: exit code 1; it is started again (restart 1)',
          network: 'wemix-mainnet',
        },
        startsAt: since,
        endsAt: '2026-11-24T13:00:00.000Z',
      });
      expect(alerts({}, { reminderMs: 0 })[2]?.endsAt).toBe('2027-11-23T12:00:00.000Z');
    });

    it('ends what was sent with another severity, and all of it when it is resolved', () => {
      expect(firing(alerts({ severity: 'warning' }))).toEqual(['warning']);
      expect(firing(alerts({ status: 'reminder' }))).toEqual(['critical']);
      expect(firing(alerts({ status: 'resolved' }))).toEqual([]);
    });

    it('has the same labels whatever changes meanwhile', () => {
      const node = { ...alertOf().node, state: 'running', pid: 7, network: null };
      const labels = (posted: readonly Posted[]) => posted.map((each) => each.labels);
      const resolved = alerts({ status: 'resolved', summary: 'well', node, id: 'other' });
      expect(labels(resolved)).toEqual(labels(alerts({})));
      expect(resolved[0]?.annotations).toEqual({ summary: 'well' });
    });

    it('never begins after its end, and lasts an hour where it happened once', () => {
      const notice = { status: 'notice', key: 'forced-stop at 17', event: 'forced-stop' } as const;
      const [, , posted] = alerts({ ...notice, since: '2026-11-23T12:00:09.000Z' });
      expect(posted).toMatchObject({ startsAt: at, endsAt: '2026-11-23T13:00:00.000Z' });
      expect(posted?.labels['key']).toBe('forced-stop');
    });
  });
});
