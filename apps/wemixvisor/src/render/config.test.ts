import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../settings/resolve-settings.ts';
import { declared, settingNames, settings } from '../settings/settings.ts';
import { renderConfigJson } from './config.ts';

const file = {
  values: new Map<string, unknown>([
    ['health.rpc_headers', ['X-Key: hidden']],
    ['alerts.exec', ['/bin/hook', 'hidden', '--to=hidden']],
    ['alerts.webhook_url', 'https://example.org/hidden'],
  ]),
  placeOf: () => '/h/config.toml:7',
  problems: [],
};
const resolved = resolveSettings({
  options: { stopTimeout: '10m', env: ['A=1', 'PASSWORD=hidden'] },
  environment: { DAEMON_NAME: 'geth' },
  file,
});

describe('the settings as config.toml', () => {
  const text = declared.toToml(resolved, { origin: false });

  it('is a config.toml with each table once, an empty line between two', () => {
    const tables = settingNames.map((name) => settings[name].key.split('.')[0]);
    expect(Object.keys(parse(text))).toEqual([...new Set(tables)]);
    expect(text).toMatch(/^\[node\]\n/);
    expect(text).toContain('\n\n[start]\n');
    expect(text).not.toContain('\n\n\n');
    expect(text.endsWith('\n')).toBe(true);
  });

  it('shows values as they are typed, and settings without a value as a comment', () => {
    expect(parse(text)).toMatchObject({
      node: { binary: 'geth', strict: false },
      stop: { timeout: '10m' },
      restart: { max: 5, jitter: 0 },
      log: { max_size: '100 MiB', max_total_size: '0' },
      alerts: { exec: ['/bin/hook', 'REDACTED', 'REDACTED'] },
    });
    expect(text).toContain('\n# workdir is not set\n');
    expect(
      declared.toToml(resolveSettings({ options: {}, environment: {} }), { origin: false }),
    ).toContain('\nenv = []\n');
  });

  it('redacts secrets', () => {
    expect(text).not.toContain('hidden');
    expect(text).toContain('rpc_headers = ["REDACTED"]');
    expect(text).toContain('webhook_url = "REDACTED"');
    expect(text).toContain('env = ["A=REDACTED", "PASSWORD=REDACTED"]');
  });

  it('shows where each value comes from', () => {
    const lines = declared.toToml(resolved, { origin: true }).split('\n');
    const line = (key: string) => lines.find((candidate) => candidate.startsWith(key));
    expect(line('timeout = "10m"')).toMatch(/" +# option --stop-timeout$/);
    expect(line('binary =')).toMatch(/^binary = "geth" {30,} {2}# DAEMON_NAME$/);
    expect(line('webhook_url =')).toMatch(/ {2}# \/h\/config\.toml:7$/);
    expect(line('strict =')).toMatch(/ {2}# default$/);
    expect(line('# workdir')).toMatch(/not set +# default$/);
  });
});

describe('renderConfigJson', () => {
  it('has each setting by its key with its value and its source', () => {
    const json = renderConfigJson(resolved, { home: '/h', configFile: '/h/config.toml' });
    expect(json).toMatchObject({ schema: 1, home: '/h', config_file: '/h/config.toml' });
    expect(Object.keys(json.settings)).toEqual(settingNames.map((name) => settings[name].key));
    expect(json.settings).toMatchObject({
      'node.binary': { value: 'geth', from: 'environment', source: 'DAEMON_NAME' },
      'node.workdir': { value: null, from: 'default', source: null },
      'stop.timeout': { value: '10m', from: 'option', source: '--stop-timeout' },
      'alerts.webhook_url': { value: 'REDACTED', from: 'file', source: '/h/config.toml:7' },
    });
  });
});
