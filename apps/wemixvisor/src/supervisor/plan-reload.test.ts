import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../settings/resolve-settings.ts';
import { planReload } from './plan-reload.ts';

const { settings: standard } = resolveSettings({ options: {}, environment: {} });

describe('planReload', () => {
  it('applies what can be and keeps the rest as it is', () => {
    const next = { ...standard, minPeers: 3, stopTimeout: 60_000, binary: '/bin/other' };
    const plan = planReload(standard, next);
    expect(plan.applied).toEqual(['stop.timeout: 5m → 1m', 'health.min_peers: 1 → 3']);
    expect(plan.atNextStart).toEqual(['node.binary: none → /bin/other']);
    expect(plan.settings).toEqual({ ...next, binary: null });
  });

  it('has nothing to do where nothing has changed', () => {
    expect(planReload(standard, { ...standard, env: [] })).toEqual({
      settings: standard,
      applied: [],
      atNextStart: [],
    });
  });

  it('shows no secret', () => {
    const next = {
      ...standard,
      alertsWebhookUrl: 'https://hooks.example/s3cr3t',
      rpcUrl: 'https://user:s3cr3t@rpc.example/',
    };
    const { applied } = planReload(standard, next);
    expect(applied.join()).not.toContain('s3cr3t');
    expect(applied).toContain('alerts.webhook_url: none → REDACTED');
  });
});
