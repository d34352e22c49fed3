import { expect, it } from 'vitest';
import { resolveSettings } from './resolve-settings.ts';
import type { Settings } from './settings.ts';
import { unfitSettings } from './unfit-settings.ts';

const { settings } = resolveSettings({ options: {}, environment: {} });
const found = (changes: Partial<Settings>, missing: readonly string[] = []) =>
  unfitSettings({ ...settings, ...changes }, (file) => !missing.includes(file));
const alertsWebhookUrl = 'https://events.pagerduty.com/v2/enqueue';

it('are none by default, and where each has what it needs', () => {
  expect(found({})).toEqual([]);
  const pagerduty = { alertsWebhookUrl, alertsWebhookFormat: 'pagerduty' } as const;
  expect(found({ ...pagerduty, alertsWebhookSecretFile: '/key' })).toEqual([]);
  expect(found({ alertsWebhookUrl, alertsWebhookFormat: 'slack' })).toEqual([]);
  expect(found({ apiAddr: '127.0.0.1:1', apiTokenFile: '/token' })).toEqual([]);
});

it('name a channel that can deliver nothing', () => {
  expect(found({ alertsWebhookUrl, alertsWebhookFormat: 'pagerduty' })).toEqual([
    'alerts.webhook_format = pagerduty needs alerts.webhook_secret_file, a file with the integration key: without it no alert is delivered',
  ]);
});

it('name what has no effect', () => {
  const idle = { alertsWebhookFormat: 'slack', alertsWebhookSecretFile: '/key' } as const;
  expect(found({ ...idle, apiTokenFile: '/token', apiTlsKey: '/a.key' })).toEqual([
    'alerts.webhook_format has no effect without alerts.webhook_url',
    'alerts.webhook_secret_file has no effect without alerts.webhook_url',
    'api.token_file has no effect without api.addr',
    'api.tls_key has no effect without api.addr',
  ]);
});

it('name what an API lacks to be served', () => {
  const apiAddr = '127.0.0.1:1';
  const without = (key: string) => `api.addr needs ${key}: without it nothing is served there`;
  expect(found({ apiAddr })).toEqual([without('api.token_file')]);
  expect(found({ apiAddr, apiTokenFile: '/token', apiTlsCert: '/a.pem' })).toEqual([
    without('api.tls_key'),
  ]);
  expect(found({ apiAddr, apiTokenFile: '/token', apiTlsKey: '/a.key' })).toEqual([
    without('api.tls_cert'),
  ]);
});

it('name files that are not there, and no program that is looked up on PATH', () => {
  const alerts = { alertsWebhookUrl, alertsWebhookSecretFile: '/key' };
  const exec = { alertsExec: ['/usr/bin/tell', '/x'] };
  expect(found({ ...alerts, ...exec }, ['/key', '/usr/bin/tell', '/x'])).toEqual([
    'alerts.webhook_secret_file: there is no /key',
    'alerts.exec: there is no /usr/bin/tell',
  ]);
  expect(found({ alertsExec: ['tell'] }, ['tell'])).toEqual([]);
});
