import { describe, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import {
  examineSettings,
  resolveSettings,
  settingVariables,
  type SettingSources,
} from './resolve-settings.ts';
import { settingNames, settings } from './settings.ts';

const nothing: SettingSources = { options: {}, environment: {} };
const file = (values: Record<string, unknown>, problems: readonly string[] = []) => ({
  values: new Map(Object.entries(values)),
  placeOf: () => 'config.toml:7',
  problems,
});

describe('resolveSettings', () => {
  it('gives every setting its default where nothing is said', () => {
    const resolved = resolveSettings(nothing);
    for (const name of settingNames) {
      expect(resolved.settings[name]).toEqual(settings[name].defaultValue);
      expect(resolved.origins[name]).toEqual({ from: 'default' });
    }
  });

  it('prefers the option to the environment, the environment to the file, the file to the default', () => {
    const environment = { WEMIXVISOR_MAX_RESTARTS: '2' };
    const options = { maxRestarts: '1' };
    const fromFile = file({ 'restart.max': 3 });
    const max = (sources: Partial<SettingSources>) =>
      resolveSettings({ ...nothing, ...sources }).settings.maxRestarts;
    expect(max({ options, environment, file: fromFile })).toBe(1);
    expect(max({ environment, file: fromFile })).toBe(2);
    expect(max({ file: fromFile })).toBe(3);
  });

  it('tells where a value came from', () => {
    const { origins } = resolveSettings({
      options: { minPeers: '3' },
      environment: { DAEMON_NAME: 'geth' },
      file: file({ 'stop.timeout': '1m' }),
    });
    expect(origins.minPeers).toEqual({ from: 'option', name: '--min-peers' });
    expect(origins.binary).toEqual({ from: 'environment', name: 'DAEMON_NAME' });
    expect(origins.stopTimeout).toEqual({ from: 'file', name: 'config.toml:7' });
  });

  it("prefers wemixvisor's own variable to the Go predecessor's", () => {
    const environment = { DAEMON_NAME: 'old', WEMIXVISOR_BINARY: 'new' };
    expect(resolveSettings({ ...nothing, environment }).settings.binary).toBe('new');
  });

  it('takes an empty variable for one that is not set', () => {
    const environment = { WEMIXVISOR_MAX_RESTARTS: '' };
    expect(resolveSettings({ ...nothing, environment }).settings.maxRestarts).toBe(5);
  });

  it.each([
    [{ autoRestart: true }, 'autoRestart', true],
    [{ autoRestart: 'false' }, 'autoRestart', false],
    [{ autoRestart: 'NO' }, 'autoRestart', false],
    [{ stopTimeout: '1h30m' }, 'stopTimeout', 5_400_000],
    [{ logMaxSize: '1MiB' }, 'logMaxSize', 1_048_576],
    [{ restart: 'always' }, 'restart', 'always'],
    [{ env: ['A=1', 'B='] }, 'env', ['A=1', 'B=']],
  ] as const)('reads %j', (options, name, value) => {
    expect(resolveSettings({ ...nothing, options }).settings[name]).toEqual(value);
  });

  it.each([
    [{ autoRestart: 'maybe' }, '--auto-restart: "maybe" is not true or false'],
    [{ stopTimeout: 'soon' }, '--stop-timeout: "soon" is not a duration'],
    [{ maxRestarts: '-1' }, '--max-restarts: "-1" is not a whole number'],
    [{ maxRestarts: '1.5' }, '--max-restarts: "1.5" is not a whole number'],
    [{ logMaxSize: 'big' }, '--log-max-size: "big" is not a size'],
    [{ restart: 'sometimes' }, 'is not one of on-failure, always, never'],
    [{ binary: '' }, '--binary: "" is not a path'],
    [{ env: ['1X=2'] }, '--env'],
  ])('refuses %j', (options, words) => {
    const attempt = () => resolveSettings({ ...nothing, options });
    expect(attempt).toThrow(AppError);
    expect(attempt).toThrow(words);
  });

  it('reads the settings that have no option from the environment and from the file', () => {
    const environment = {
      WEMIXVISOR_ALERTS_EXEC: '/usr/local/bin/tell',
      WEMIXVISOR_ALERTS_EVENTS: 'crash, sync',
      WEMIXVISOR_ALERTS_WEBHOOK_URL: 'https://example.org/hook',
    };
    expect(resolveSettings({ ...nothing, environment }).settings).toMatchObject({
      alertsExec: ['/usr/local/bin/tell'],
      alertsEvents: ['crash', 'sync'],
      alertsWebhookUrl: 'https://example.org/hook',
    });
    const fromFile = file({ 'alerts.exec': ['/bin/tell', '-v'], 'alerts.events': ['disk'] });
    expect(resolveSettings({ ...nothing, file: fromFile }).settings).toMatchObject({
      alertsExec: ['/bin/tell', '-v'],
      alertsEvents: ['disk'],
    });
  });

  it("reads the node's variables as a table, and names what is none without its value", () => {
    const good = file({ 'node.env': { GOGC: '50', N: 1 } });
    expect(resolveSettings({ ...nothing, file: good }).settings.env).toEqual(['GOGC=50', 'N=1']);
    const refuse = (value: unknown) => () =>
      resolveSettings({ ...nothing, file: file({ 'node.env': value }) });
    expect(refuse({ A: ['S3cret'] })).toThrow('config.toml:7: node.env: A is no variable: ');
    const listed = refuse([{ A: 'S3cret' }]);
    expect(listed).toThrow('config.toml:7: node.env: ["REDACTED"] is not NAME=value');
    expect(refuse([Object.create(null)])).toThrow('["REDACTED"] is not NAME=value');
  });

  it('says what exactly is wrong where a value has parts', () => {
    const bad = file({ 'diagnosis.causes': [{ pattern: '(', cause: 'c', class: 'never' }] });
    expect(() => resolveSettings({ ...nothing, file: bad })).toThrow(
      'config.toml:7: diagnosis.causes: number 1: its pattern is not a regular expression',
    );
  });

  it('keeps a secret out of what it says of a bad one', () => {
    const environment = { WEMIXVISOR_ALERTS_WEBHOOK_URL: 'ftp://s3cret.example.org' };
    const attempt = () => resolveSettings({ ...nothing, environment });
    expect(attempt).toThrow('WEMIXVISOR_ALERTS_WEBHOOK_URL: its value is not a URL');
    expect(attempt).not.toThrow('s3cret');
  });

  it.each([
    [{ WEMIXVISOR_ALERTS_EXEC: 'tell' }, "is not a program's absolute path"],
    [{ WEMIXVISOR_ALERTS_EVENTS: 'crash,fire' }, 'is not some of crash, restart-limit'],
    [{ WEMIXVISOR_ALERTS_WEBHOOK_SECRET_FILE: 'secret' }, 'is not an absolute path'],
  ])('refuses %j', (environment, words) => {
    expect(() => resolveSettings({ ...nothing, environment })).toThrow(words);
  });

  it('names the variable or the place in the file of a bad value', () => {
    expect(() =>
      resolveSettings({ ...nothing, environment: { DAEMON_SHUTDOWN_GRACE: 'x' } }),
    ).toThrow('DAEMON_SHUTDOWN_GRACE: "x" is not a duration');
    expect(() => resolveSettings({ ...nothing, file: file({ 'restart.max': true }) })).toThrow(
      'config.toml:7: restart.max: true is not a whole number',
    );
  });

  it('names all that is wrong, and counts it in the error of a start', () => {
    const sources = {
      options: { maxRestarts: 'x' },
      environment: { WEMIXVISOR_MIN_PEERS: 'y' },
      file: file({ 'stop.timeout': 300 }, ['config.toml:1: foo is not a setting']),
    };
    expect(examineSettings(sources).problems).toEqual([
      'config.toml:1: foo is not a setting',
      '--max-restarts: "x" is not a whole number from 0',
      'config.toml:7: stop.timeout: 300 is not a duration like 500ms, 30s, 5m, 1h30m or 0',
      'WEMIXVISOR_MIN_PEERS: "y" is not a whole number from 0',
    ]);
    expect(() => resolveSettings(sources)).toThrow(
      'config.toml:1: foo is not a setting (and 3 more: see wemixvisor config check)',
    );
  });

  it("merges the node's variables of all sources by name", () => {
    const { settings: merged, origins } = resolveSettings({
      options: { env: ['A=option'] },
      environment: { WEMIXVISOR_ENV: 'A=variable,B=1,2,C=3' },
      file: file({ 'node.env': ['B=file', 'D=file'] }),
    });
    expect(Object.fromEntries(merged.env.map((word) => word.split('=')))).toEqual({
      A: 'option',
      B: '1,2',
      C: '3',
      D: 'file',
    });
    expect(origins.env).toEqual({
      from: 'option',
      name: '--env, WEMIXVISOR_ENV, config.toml:7',
    });
  });

  it.each([
    ['DAEMON_NAME', 'geth', 'binary', 'geth'],
    ['DAEMON_RESTART_ON_FAILURE', 'false', 'autoRestart', false],
    ['DAEMON_MAX_RESTARTS', '9', 'maxRestarts', 9],
    ['DAEMON_SHUTDOWN_GRACE', '30s', 'stopTimeout', 30_000],
    ['DAEMON_SHUTDOWN_GRACE', '1m30.5s', 'stopTimeout', 90_500],
    ['DAEMON_SHUTDOWN_GRACE', '0s', 'stopTimeout', 0],
    ['DAEMON_HEALTH_CHECK_INTERVAL', '1m0s', 'healthCheckInterval', 60_000],
  ] as const)('takes %s=%s', (variable, value, name, meant) => {
    const environment = { [variable]: value };
    expect(resolveSettings({ ...nothing, environment }).settings[name]).toBe(meant);
    expect(settingVariables({ ...environment, PATH: '/bin', WEMIXVISOR_ENV: '' })).toEqual(
      environment,
    );
  });

  it.each([
    ['DAEMON_SHUTDOWN_GRACE', '30'],
    ['DAEMON_HEALTH_CHECK_INTERVAL', '30'],
    ['DAEMON_SHUTDOWN_GRACE', '100us'],
  ])('refuses %s=%s, which could mean two things or nothing', (variable, value) => {
    expect(() => resolveSettings({ ...nothing, environment: { [variable]: value } })).toThrow(
      `${variable}: "${value}" is not a duration`,
    );
  });

  it('quotes no more of a bad value than fits a line, and nothing of a secret', () => {
    const long = () => resolveSettings({ ...nothing, options: { minPeers: 'x'.repeat(9_000) } });
    expect(long).toThrow(/^--min-peers: "x{79}… is not/);
    const secret = { WEMIXVISOR_ALERTS_WEBHOOK_URL: 'hooks.example/T0K3N' };
    expect(() => resolveSettings({ ...nothing, environment: secret })).toThrow(
      'WEMIXVISOR_ALERTS_WEBHOOK_URL: its value is not',
    );
  });
});
