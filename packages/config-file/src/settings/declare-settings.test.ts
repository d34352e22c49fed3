import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import * as valueTypes from '../value-types.ts';
import { declareSettings } from './declare-settings.ts';
import { setting } from './setting.ts';

const { command, duration, flag, rpcEndpoint, size, tableList, textOf, variables, wholeNumber } =
  valueTypes;
const word = textOf(/^[a-z:/@\u007f]+$/, 'a word');
const rules = tableList<{ readonly when: string }>(
  { when: word },
  { most: 2, example: [{ when: 'now' }] },
);

const app = declareSettings(
  {
    prefix: 'APP_',
    otherVariables: ['APP_HOME', 'APP_HOOK_*'],
    list: 'app config',
    redact: (text) => text.replaceAll('hunter', 'REDACTED'),
  },
  {
    env: setting<readonly string[]>(variables, 'node.env', [], { option: '--env', help: 'Env' }),
    strict: setting(flag, 'node.strict', false, { option: '--strict', help: 'Refuse' }),
    minPeers: setting(wholeNumber(0), 'health.min_peers', 1, {
      option: '--min-peers',
      alias: 'OLD_PEERS',
      help: 'Peers',
    }),
    url: setting<string | null>(rpcEndpoint, 'health.url', null, { option: '--url', help: 'Url' }),
    token: setting<string | null>(word, 'health.token', null, { secret: true, help: 'Token' }),
    stopTimeout: setting(duration, 'stop.timeout', 5_000, {
      option: '--stop-timeout',
      takesEffect: 'start',
      help: 'Grace',
    }),
    stopTimeoutMax: setting(duration, 'stop.timeout_max', 60_000, { help: 'Longest' }),
    exec: setting<readonly string[]>(command, 'hook.exec', [], { help: 'Program' }),
    rules: setting<readonly { readonly when: string }[]>(rules, 'hook.rules', [], {
      help: 'Rules',
    }),
    most: setting(size(), 'hook.most', 1024 ** 2, { help: 'Most' }),
  },
);

type Sources = Parameters<typeof app.examine>[0];
const examine = (sources: Partial<Sources>) =>
  app.examine({ options: {}, environment: {}, ...sources });
const file = (values: Record<string, unknown>, problems: readonly string[] = []) => ({
  values: new Map(Object.entries(values)),
  placeOf: () => 'app.toml:7',
  problems,
});

describe('declared settings', () => {
  it('name the variable of each after its option, or after its key where it has none', () => {
    expect(app.table.stopTimeout.environment).toEqual(['APP_STOP_TIMEOUT']);
    expect(app.table.stopTimeoutMax.environment).toEqual(['APP_STOP_TIMEOUT_MAX']);
    expect(app.table.exec.environment).toEqual(['APP_HOOK_EXEC']);
    expect(app.table.minPeers.environment).toEqual(['APP_MIN_PEERS', 'OLD_PEERS']);
    expect(app.names.slice(0, 3)).toEqual(['env', 'strict', 'minPeers']);
    expect(app.table.url).toMatchObject({ secret: false, takesEffect: 'reload' });
  });

  it('have their defaults where nothing is said', () => {
    const { settings, origins, problems } = examine({});
    for (const name of app.names) {
      expect(settings[name]).toEqual(app.table[name].defaultValue);
      expect(origins[name]).toEqual({ from: 'default' });
    }
    expect(problems).toEqual([]);
  });

  it('prefer the option to the environment, the environment to the file, the file to the default', () => {
    const environment = { APP_MIN_PEERS: '2' };
    const options = { minPeers: '1' };
    const fromFile = file({ 'health.min_peers': 3 });
    const found = (sources: Partial<Sources>) => {
      const { settings, origins } = examine(sources);
      return [settings.minPeers, origins.minPeers];
    };
    expect(found({ options, environment, file: fromFile })).toEqual([
      1,
      { from: 'option', name: '--min-peers' },
    ]);
    expect(found({ environment, file: fromFile })).toEqual([
      2,
      { from: 'environment', name: 'APP_MIN_PEERS' },
    ]);
    expect(found({ file: fromFile })).toEqual([3, { from: 'file', name: 'app.toml:7' }]);
  });

  it('prefer the first variable of a setting, and take an empty one for none', () => {
    const peers = (environment: Record<string, string>) =>
      examine({ environment }).settings.minPeers;
    expect(peers({ APP_MIN_PEERS: '2', OLD_PEERS: '3' })).toBe(2);
    expect(peers({ APP_MIN_PEERS: '', OLD_PEERS: '3' })).toBe(3);
    expect(peers({ APP_MIN_PEERS: '' })).toBe(1);
    const environment = { OLD_PEERS: '3', APP_URL: '', PATH: '/bin', APP_ENV: 'A=1' };
    expect(app.variablesIn(environment)).toEqual({ OLD_PEERS: '3', APP_ENV: 'A=1' });
  });

  it('name all that is wrong with its place, and pass it over', () => {
    const { settings, problems } = examine({
      options: { minPeers: 'x' },
      environment: { APP_MIN_PEERS: '4', APP_STRICT: 'perhaps' },
      file: file({ 'stop.timeout': 300 }, ['app.toml:1: foo is not a setting']),
    });
    expect(problems).toEqual([
      'app.toml:1: foo is not a setting',
      'APP_STRICT: "perhaps" is not true or false',
      '--min-peers: "x" is not a whole number from 0',
      'app.toml:7: stop.timeout: 300 is not a duration like 500ms, 30s, 5m, 1h30m or 0',
    ]);
    expect(settings).toMatchObject({ minPeers: 4, strict: false, stopTimeout: 5_000 });
  });

  it('ignore an option of a setting that has none', () => {
    expect(examine({ options: { most: '1' } }).settings.most).toBe(1024 ** 2);
  });

  it('merge the variables of all sources by name, with commas in their values', () => {
    const { settings, origins } = examine({
      options: { env: ['A=option'] },
      environment: { APP_ENV: 'A=variable,B=1,2,C=3' },
      file: file({ 'node.env': { B: 'file', D: 4 } }),
    });
    expect(Object.fromEntries(settings.env.map((each) => each.split('=')))).toEqual({
      A: 'option',
      B: '1,2',
      C: '3',
      D: '4',
    });
    expect(origins.env).toEqual({ from: 'option', name: '--env, APP_ENV, app.toml:7' });
  });

  it.each([
    ['node.env', { A: ['S3cret'] }, 'node.env: A is no variable: '],
    ['node.env', ['A=S3cret', '1B=S3cret', 5], '["A=REDACTED","REDACTED","REDACTED"] is not'],
    ['node.env', [Object.create(null)], '["REDACTED"] is not NAME=value'],
    ['health.token', 'S3cret', 'health.token: its value is not a word'],
    ['health.url', 'user:S3cret@host', 'health.url: "REDACTED@host" is not'],
    ['health.url', 'hunter', 'health.url: "REDACTED" is not'],
    ['health.url', 7n, 'health.url: "7" is not'],
    ['hook.exec', ['hook', 'S3cret'], '["hook","REDACTED"] is not a program'],
    ['hook.rules', [{ when: 'A' }], 'hook.rules: number 1: its when is not a word'],
    ['hook.rules', { hunter: ['hunter'] }, '{"REDACTED":{"0":"REDACTED"}} is not'],
    ['health.min_peers', 'x'.repeat(9_000), `health.min_peers: "${'x'.repeat(79)}… is not`],
  ])('say of a bad %s what is wrong, without a secret', (key, value, words) => {
    const [problem = ''] = examine({ file: file({ [key]: value }) }).problems;
    expect(problem).toContain(words);
    expect(problem).not.toContain('S3cret');
    expect(problem.length).toBeLessThan(220);
  });

  it('name each variable that is none, with the nearest one', () => {
    expect(
      app.unknownVariables({
        APP_MIN_PEER: '2',
        APP_STOP_TIME: '5m',
        APP_BANANA: '1',
        APP_HOME: '/h',
        APP_HOOK_EVENT: 'crash',
        APP_HOOK_EXEC: '/bin/x',
        MIN_PEER: '3',
      }),
    ).toEqual([
      'APP_MIN_PEER is not a setting: did you mean APP_MIN_PEERS?',
      'APP_STOP_TIME is not a setting: did you mean APP_STOP_TIMEOUT or APP_STOP_TIMEOUT_MAX?',
      'APP_BANANA is not a setting and has no effect',
    ]);
  });

  it('read what is effective and what is typed, and nothing else', () => {
    expect(app.read('stopTimeout', 300_000)).toBe(300_000);
    expect(app.read('stopTimeout', '5m')).toBe(300_000);
    expect(app.read('stopTimeout', 'soon')).toBeUndefined();
    expect(app.read('url', null)).toBeNull();
    expect(app.read('minPeers', null)).toBeUndefined();
  });

  it('are written as they are typed', () => {
    expect(app.format('stopTimeout', 5_400_000)).toBe('1h30m');
    expect(app.format('most', 1024 ** 2)).toBe('1 MiB');
    expect(app.format('env', ['A=1', 'B=2'])).toBe('A=1,B=2');
    expect(app.format('rules', [{ when: 'a' }])).toBe('[{"when":"a"}]');
  });

  it('are shown without secrets', () => {
    expect(app.show('env', ['A=b', 'C=d'])).toBe('A=REDACTED,C=REDACTED');
    expect(app.show('exec', ['/bin/x', 'y'])).toBe('/bin/x,REDACTED');
    expect(app.show('token', 'x')).toBe('REDACTED');
    expect(app.show('url', 'http://hunter')).toBe('http://REDACTED');
    expect(app.show('rules', [{ when: 'hunter' }])).toBe('[{"when":"REDACTED"}]');
    expect([app.show('env', []), app.show('url', null)]).toEqual(['none', 'none']);
  });
});

describe('settings as TOML', () => {
  const resolved = examine({
    options: { stopTimeout: '10m', env: ['A=b'] },
    environment: { OLD_PEERS: '3' },
    file: file({ 'hook.rules': [{ when: 'a\u007f' }] }),
  });

  it('have each table once, values as they are typed, and no secrets', () => {
    const text = app.toToml(resolved, { origin: false });
    expect(parse(text)).toEqual({
      node: { env: ['A=REDACTED'], strict: false },
      health: { min_peers: 3 },
      stop: { timeout: '10m', timeout_max: '1m' },
      hook: { exec: [], rules: [{ when: 'a\u007f' }], most: '1 MiB' },
    });
    expect(text).toMatch(/^\[node\]\n/);
    expect(text).toContain('\n\n[health]\n');
    expect(text).toContain('\n# url is not set\n');
    expect(text).toMatch(/[^\n]\n$/);
  });

  it('say where each value comes from, in one column', () => {
    const lines = app.toToml(resolved, { origin: true }).split('\n');
    const line = (key: string) => lines.find((candidate) => candidate.startsWith(key));
    expect(line('env')).toMatch(/^env = \["A=REDACTED"\] +# option --env$/);
    expect(line('strict')).toMatch(/^strict = false +# default$/);
    expect(line('min_peers')).toMatch(/^min_peers = 3 +# OLD_PEERS$/);
    expect(line('rules')).toMatch(/ {2}# app\.toml:7$/);
    const columns = lines
      .filter((line) => line.includes('  # '))
      .map((line) => line.lastIndexOf('#'));
    expect(new Set(columns).size).toBe(1);
  });

  it('are explained in a template that sets nothing, and is right with every line uncommented', () => {
    const template = app.template('## App\n', { reload: 'on reload', start: 'at a start' });
    expect(parse(template)).toEqual({ node: {}, health: {}, stop: {}, hook: {} });
    expect(template).toMatch(/^## App\n\n\[node\]\n\n/);
    expect(template).toContain(
      '## Grace.\n## a duration like 500ms, 30s, 5m, 1h30m or 0; at a start; also --stop-timeout, APP_STOP_TIMEOUT\n#timeout = "5s"\n',
    );
    expect(template).toContain('; on reload; also APP_HOOK_MOST\n#most = "1 MiB"\n');
    expect(template).toContain('\n#token = "TEXT"\n');
    expect(template).toContain('\n#rules = [{ when = "now" }]\n');
    expect(parse(template.replaceAll(/^#(?=\w)/gm, ''))).toMatchObject({
      health: { min_peers: 1, url: 'http://127.0.0.1:8545' },
    });
  });
});
