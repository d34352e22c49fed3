import { expect, it } from 'vitest';

import { describeEndpoint, parseEndpoint } from './endpoint.ts';
import { HealthError } from './errors.ts';

function refusalOf(text: string): HealthError {
  try {
    parseEndpoint(text);
  } catch (error) {
    if (error instanceof HealthError) return error;
  }
  throw new Error(`${text} was accepted`);
}

it.each([
  ['http://127.0.0.1:8588', { kind: 'http', url: 'http://127.0.0.1:8588/' }],
  [' HTTPS://node.example/v3/key ', { kind: 'http', url: 'https://node.example/v3/key' }],
  ['/srv/gwemix/gwemix.ipc', { kind: 'ipc', path: '/srv/gwemix/gwemix.ipc' }],
  ['ipc:/run/geth.ipc', { kind: 'ipc', path: '/run/geth.ipc' }],
  ['ipc:///run/geth.ipc', { kind: 'ipc', path: '/run/geth.ipc' }],
  ['./geth.ipc', { kind: 'ipc', path: './geth.ipc' }],
  ['/srv/a:8545', { kind: 'ipc', path: '/srv/a:8545' }],
  ['geth.ipc', { kind: 'ipc', path: 'geth.ipc' }],
])('reads %s', (text, endpoint) => {
  expect(parseEndpoint(text)).toEqual(endpoint);
});

it('turns a user and password into basic authentication', () => {
  const authorization = `Basic ${Buffer.from('ops:p@ss').toString('base64')}`;
  expect(parseEndpoint('https://ops:p%40ss@node.example/')).toEqual({
    kind: 'http',
    url: 'https://node.example/',
    headers: { authorization },
  });
});

it.each([
  ['http://ops@h/', 'ops:'],
  ['http://:p@h/', ':p'],
])('authenticates with what %s has', (text, pair) => {
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  expect(parseEndpoint(text)).toEqual({
    kind: 'http',
    url: 'http://h/',
    headers: { authorization },
  });
});

it('takes a password with a stray percent sign as it is', () => {
  const authorization = `Basic ${Buffer.from('ops:50%').toString('base64')}`;
  expect(parseEndpoint('http://ops:50%@h/')).toMatchObject({ headers: { authorization } });
});

it.each([
  ['localhost:8545', 'did you mean http://localhost:8545?'],
  ['[::1]:8545', 'did you mean http://[::1]:8545?'],
  ['ws://127.0.0.1:8546', 'only http, https and IPC are supported'],
  ['http://', 'not a valid URL'],
  ['http://127.0.0.1:99999', 'not a valid URL'],
  ['8545', 'neither a URL nor a path'],
  ['', 'neither a URL nor a path'],
  ['ipc:', 'the path is empty'],
])('refuses "%s" and says what to give', (text, why) => {
  const refusal = refusalOf(text);
  expect(refusal.code).toBe('BAD_ENDPOINT');
  expect(refusal.message).toContain(why);
  expect(refusal.message).toContain('Give http://HOST:PORT');
});

it.each(['ws://ops:s3cret@h:1', 'http://ops:s3cr/et/x@h:99999', 'https://:s3cret@:0:0'])(
  'keeps the password of %s out of the refusal',
  (text) => {
    expect(refusalOf(text).message).not.toMatch(/s3cr|et\/x/);
  },
);

it('shows neither password nor key of an endpoint', () => {
  const url = 'https://ops:s3cret@node.example:444/v3/key?token=t';
  expect(describeEndpoint({ kind: 'http', url })).toBe('https://node.example:444');
  expect(describeEndpoint({ kind: 'ipc', path: '/run/geth.ipc' })).toBe('/run/geth.ipc');
});

it('adds headers to HTTP, where they win over the credentials of the URL, and none to IPC', () => {
  const headers = { Authorization: 'Bearer t', 'X-Api-Key': 'k' };
  expect(parseEndpoint('http://ops:s3cret@127.0.0.1:8545', headers)).toEqual({
    kind: 'http',
    url: 'http://127.0.0.1:8545/',
    headers: { authorization: 'Bearer t', 'x-api-key': 'k' },
  });
  expect(parseEndpoint('/run/geth.ipc', headers)).toEqual({ kind: 'ipc', path: '/run/geth.ipc' });
});
