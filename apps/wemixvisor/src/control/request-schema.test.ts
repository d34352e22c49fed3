import { UnixHttpError } from '@wemixvisor/unix-http';
import { describe, expect, it } from 'vitest';
import { launchOf } from '../../test/launch-of.ts';
import { sampleWindows } from '../report/samples-report.ts';
import { resolveSettings } from '../settings/resolve-settings.ts';
import { launchToJson } from '../state/launch.ts';
import type { StartRequest, StopRequest } from './operations.ts';
import { requestEncoders } from './request-codec.ts';
import { requestDecoders } from './request-schema.ts';

const { settings } = resolveSettings({ options: {}, environment: {} });
const request: StartRequest = {
  launch: launchOf(),
  settings: { ...settings, stopTimeout: 90_500, rpcHeaders: ['X-Key: k'], metricsAddr: null },
  options: { stopTimeout: '90500ms', autoRestart: true, env: ['A=1'] },
  environment: { WEMIXVISOR_MIN_PEERS: '2' },
  config: '/etc/wemixvisor.toml',
};
const received = (body: unknown) => ({ query: new URLSearchParams(), body });
const readStartBody = (body: unknown) => requestDecoders.start(received(body))[0];
const readStopBody = (body: unknown) => requestDecoders.stop(received(body))[0];
const readEmptyBody = (body: unknown) => requestDecoders.detach(received(body));
const startBody = (start: StartRequest) => requestEncoders.start(start).body ?? {};
const stopBody = (stop: StopRequest) => requestEncoders.stop(stop).body ?? {};
const sent = (body: object) => JSON.parse(JSON.stringify(body)) as Record<string, object>;

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof UnixHttpError && error.code === 'BAD_REQUEST') return error.message;
    throw error;
  }
  return 'taken';
}

describe('the body of a restart', () => {
  it('says how the present process is to be stopped, with or without a new start', () => {
    const read = (body: unknown) => requestDecoders.restart({ query: new URLSearchParams(), body });
    expect(read({})).toEqual([undefined, {}]);
    expect(read({ below_quorum: true })).toEqual([undefined, { belowQuorum: true }]);
    expect(() => read({ below_quorum: 'yes' })).toThrow('below_quorum: "yes" is not true or false');
  });
});

describe('the body of a stop', () => {
  it.each([{}, { force: true }, { timeoutMs: 0 }, { timeoutMs: 600_000, force: false }])(
    'is read as it was sent: %j',
    (stop) => {
      expect(readStopBody(sent(stopBody(stop)))).toEqual(stop);
    },
  );

  const milliseconds = 'a whole number of milliseconds from 0 to 31536000000; 0 never kills';
  it.each([
    [{ force: 'no' }, 'force: "no" is not true or false'],
    [{ force: 1 }, 'force: 1 is not true or false'],
    [{ force: null }, 'force: null is not true or false'],
    [{ timeout_ms: -1 }, `timeout_ms: -1 is not ${milliseconds}`],
    [{ timeout_ms: 0.5 }, `timeout_ms: 0.5 is not ${milliseconds}`],
    [{ timeout_ms: '60' }, `timeout_ms: "60" is not ${milliseconds}`],
    [{ timeout_ms: 1e15 }, `timeout_ms: 1000000000000000 is not ${milliseconds}`],
    [{ timeoutMs: 5 }, 'timeoutMs is not a field of this request: did you mean timeout_ms?'],
    [
      { please: 1 },
      'please is not a field of this request: it may have timeout_ms, force, below_quorum',
    ],
    [[], 'the request is not a JSON object'],
    [null, 'the request is not a JSON object'],
    ['stop', 'the request is not a JSON object'],
  ])('is refused where it is %j', (body, why) => {
    expect(refusal(() => readStopBody(body))).toBe(why);
  });

  it('does not repeat megabytes to who sent them', () => {
    expect(refusal(() => readStopBody({ force: 'x'.repeat(1e6) })).length).toBeLessThan(200);
    expect(refusal(() => readStopBody({ ['x'.repeat(1e6)]: 1 })).length).toBeLessThan(200);
  });

  it('takes no field from the prototype of objects', () => {
    const body = JSON.parse('{"__proto__": {"force": true}}') as unknown;
    expect(refusal(() => readStopBody(body))).toContain('__proto__ is not a field');
    expect(refusal(() => readStopBody({ toString: 1 }))).toContain('toString is not a field');
  });
});

describe('the body of a start', () => {
  it('is read as it was sent', () => {
    expect(readStartBody(sent(startBody(request)))).toEqual(request);
  });

  it('has its fields in snake case', () => {
    const body = sent(startBody(request));
    expect(Object.keys({ ...body['settings'], ...body['options'] })).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/[A-Z]/)]),
    );
    expect(body).toMatchObject({ settings: { stop_timeout: 90_500 } });
  });

  it('repeats the last start where it is empty', () => {
    expect(readStartBody({})).toBeUndefined();
  });

  it('takes a setting as an operator types it', () => {
    const body = sent(startBody(request));
    const typed = { ...body['settings'], stop_timeout: '1m', log_max_size: '1MiB' };
    expect(readStartBody({ ...body, settings: typed })?.settings).toMatchObject({
      stopTimeout: 60_000,
      logMaxSize: 1_048_576,
    });
  });

  const wrong = (changes: object) => ({ ...sent(startBody(request)), ...changes });
  const launch = (changes: object) =>
    wrong({ launch: { ...launchToJson(launchOf()), ...changes } });
  const changed = (changes: object) =>
    wrong({ settings: { ...sent(startBody(request))['settings'], ...changes } });

  it.each([
    [wrong({ launch: undefined }), 'launch is missing: give an object'],
    [wrong({ lunch: 1 }), 'lunch is not a field of this request: did you mean launch?'],
    [wrong({ settings: [] }), 'settings: its value is not an object'],
    [wrong({ config: 'x.toml' }), 'config: "x.toml" is not an absolute path or null'],
    [launch({ binary: 'geth' }), 'launch.binary: "geth" is not an absolute path'],
    [launch({ args: ['a', 7] }), 'launch.args: its value is not a list of texts'],
    [launch({ args: ['a\0b'] }), 'launch.args: its value is not a list of texts'],
    [launch({ env: { K: 5 } }), 'launch.env: its value is not an object of names and texts'],
    [launch({ env: { 'A=B': '' } }), 'launch.env: its value is not an object of names and texts'],
    [launch({ cwd: null }), 'launch.cwd: null is not an absolute path'],
    [
      launch({ node: { flavour: 'nethermind', version: null, raw: '' } }),
      'launch.node.flavour: "nethermind" is not geth, gwemix, go-wbft, gstable or unknown',
    ],
    [changed({ max_restarts: -1 }), 'settings.max_restarts: -1 is not a whole number from 0'],
    [changed({ stop_timeout: -5 }), 'settings.stop_timeout: -5 is not a duration like'],
    [changed({ min_peer: 1 }), 'settings.min_peer is not a field of this request: did you mean'],
    [changed({ rpc_headers: ['S3CR3T'] }), 'settings.rpc_headers: its value is not a header like'],
    [wrong({ options: { min_peers: 'x' } }), 'options.min_peers: "x" is not a whole number from 0'],
  ])('is refused where a field is wrong: %#', (body, why) => {
    expect(refusal(() => readStartBody(sent(body))).startsWith(why)).toBe(true);
  });
});

describe('the body of a request without fields', () => {
  it('is empty', () => {
    expect(refusal(() => readEmptyBody({}))).toBe('taken');
    expect(refusal(() => readEmptyBody({ now: true }))).toBe(
      'now is not a field of this request: it has none',
    );
  });
});

describe('bytes that are not UTF-8', () => {
  const withLaunch = (launch: Partial<StartRequest['launch']>) =>
    sent(startBody({ ...request, launch: { ...launchOf(), ...launch } }));

  it('arrive in arguments and variables', () => {
    const launch = { args: ['\udc80\udcff', '\u{1f980}'], env: { 'n\udc80': '\udcff' } };
    expect(readStartBody(withLaunch(launch))?.launch).toMatchObject(launch);
  });

  it.each(['\udc7f', '\ud800', '\udd00'])('are not %j, which stands for none', (half) => {
    expect(refusal(() => readStartBody(withLaunch({ args: [half] })))).toContain('launch.args');
    expect(refusal(() => readStartBody(withLaunch({ env: { A: half } })))).toContain('launch.env');
  });

  it('are refused in a path', () => {
    expect(refusal(() => readStartBody(withLaunch({ file: '/a\udcff' })))).toContain('binary');
    expect(refusal(() => readStartBody(withLaunch({ cwd: '/a\udcff' })))).toContain('launch.cwd');
  });
});

describe('a request for samples', () => {
  const read = (query: string) =>
    requestDecoders.samples({ query: new URLSearchParams(query), body: {} });

  it.each(sampleWindows)('is read as it was sent: %s', (window) => {
    const { query = {} } = requestEncoders.samples({ window });
    expect(read(new URLSearchParams(query).toString())).toEqual([{ window }]);
  });

  it('is for the shortest window where none is named', () => {
    expect(read('')).toEqual([{ window: '15m' }]);
  });

  it.each([
    ['window=7h', 'window: "7h" is not 15m, 6h or 24h'],
    ['window=', 'window: "" is not 15m, 6h or 24h'],
    ['windw=6h', 'windw is not a field of this request: did you mean window?'],
  ])('is refused where it is %s', (query, why) => {
    expect(refusal(() => read(query))).toBe(why);
  });

  it('names every window that there is', () => {
    for (const window of sampleWindows) expect(refusal(() => read('window=x'))).toContain(window);
  });
});
