import { describe, expect, it } from 'vitest';
import { AppError } from '../app-error.ts';
import { resolveSettings, type SettingSources } from './resolve-settings.ts';
import { declared, settingNames, settings } from './settings.ts';

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

  it("prefers wemixvisor's own variable to the Go predecessor's", () => {
    const environment = { DAEMON_NAME: 'old', WEMIXVISOR_BINARY: 'new' };
    expect(resolveSettings({ ...nothing, environment }).settings.binary).toBe('new');
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
    expect(declared.variablesIn({ ...environment, PATH: '/bin', WEMIXVISOR_ENV: '' })).toEqual(
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

  it('counts what is wrong besides the first, and says where to see it', () => {
    const sources = {
      options: { maxRestarts: 'x' },
      environment: { WEMIXVISOR_MIN_PEERS: 'y' },
      file: file({}, ['config.toml:1: foo is not a setting']),
    };
    expect(() => resolveSettings(sources)).toThrow(
      'config.toml:1: foo is not a setting (and 2 more: see wemixvisor config check)',
    );
  });
});
