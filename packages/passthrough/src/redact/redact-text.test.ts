import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactSecrets } from './redact-secrets.ts';
import { redactText } from './redact-text.ts';
import { allFlags } from '../registry/look-up.ts';

describe('redactText', () => {
  it.each([
    ['dial https://user:pw@host/', 'dial https://REDACTED@host/'],
    ['https://token@host/x', 'https://REDACTED@host/x'],
    ['ws://u:p/w@d@host:8546', 'ws://REDACTED@host:8546'],
    ['postgres://u:p@db/x', 'postgres://REDACTED@db/x'],
    ['https://x.io/v3/0123456789abcdef0123456789abcdef', 'https://x.io/v3/REDACTED'],
    ['https://x.io/?apikey=abc&n=1', 'https://x.io/?apikey=REDACTED&n=1'],
    ['https://x.io/a?key=abc', 'https://x.io/a?key=REDACTED'],
    ['password=hunter2, next=1', 'password=REDACTED, next=1'],
    ['{"token":"abc","n":1}', '{"token":"REDACTED","n":1}'],
    ["secret = 'a b'", "secret = 'REDACTED'"],
    ['Authorization: Bearer abcdefgh', 'Authorization: Bearer REDACTED'],
    ['run --password hunter2 --http', 'run --password REDACTED --http'],
    ['run --nodekeyhex=abc', 'run --nodekeyhex=REDACTED'],
    ['run --ethstats me:s@h --http', 'run --ethstats me:REDACTED@h --http'],
    [
      'Generated ephemeral JWT secret secret=0xabc',
      'Generated ephemeral JWT secret secret=REDACTED',
    ],
  ])('makes %j into %j', (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  it.each([
    ['https://x.io/v3/abcdefghijklmnopqrs1', 'https://x.io/v3/REDACTED'],
    ['https://x.io/1_abcdefghij-klmnopqrs/rpc', 'https://x.io/REDACTED/rpc'],
    ['wss://x.io/ws/12345678901234567890a', 'wss://x.io/ws/REDACTED'],
    ['http://x.io:8545/a/abcdefghij1234567890/b', 'http://x.io:8545/a/REDACTED/b'],
    ['https://x.io/abcdefghij1234567890/0123456789abcdefghij', 'https://x.io/REDACTED/REDACTED'],
    ['HTTPS://u:p@x.io/abcdefghij1234567890', 'HTTPS://REDACTED@x.io/REDACTED'],
    ['https://x.io?token=a', 'https://x.io?token=REDACTED'],
    ['https://x.io/?KEY=a&x=1#y', 'https://x.io/?KEY=REDACTED&x=1#y'],
    ['https://x.io/?a=1&my_token=b', 'https://x.io/?a=1&my_token=REDACTED'],
  ])('hides the key of the provider in %j', (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  it.each([
    'https://x.io/v3/abcdefghijklmnopqr1',
    'https://x.io/v3/abcdefghijklmnopqrstuvwxyz',
    'https://x.io/block/12345678901234567890',
    'https://x.io/?monkey=1&keys=2&block=abcdefghij1234567890',
    'https://abcdefghij1234567890.io/',
    'ftp://x.io/pub/abcdefghij1234567890',
    'Started P2P networking self=enode://abcdef@127.0.0.1:30303',
    'HTTP server started endpoint=127.0.0.1:8545 auth=false prefix= cors= vhosts=localhost',
    'http://127.0.0.1:8545/x@y and http://[::1]:8545/x@y',
    'Loaded JWT secret file path=/d/geth/jwtsecret crc32=0x1',
    'Imported new chain segment hash=0123456789abcdef0123456789abcdef',
    '--authrpc.jwtsecret /d/jwt',
    'https://docs.example.org/a-page-with-a-long-name',
    '',
  ])('leaves %j as it is', (text) => {
    expect(redactText(text)).toBe(text);
  });

  const part = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019%_-.')), maxLength: 30 });
  const url = fc
    .tuple(
      fc.constantFrom('http', 'https', 'ws', 'enode', 'postgres'),
      fc.tuple(part, fc.constantFrom('@', ':x@', ':@', ''), part).map((pieces) => pieces.join('')),
      fc.array(part).map((segments) => segments.join('/')),
      fc.dictionary(part, part).map((query) => new URLSearchParams(query).toString()),
    )
    .map(([scheme, authority, path, query]) => `${scheme}://${authority}/${path}?${query}`);

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), url, (text, url) => {
        const once = redactText(`${text} ${url} token=${text}`);
        expect(redactText(once)).toBe(once);
      }),
    );
  });
});

it('hides the values of exactly these flags of geth and gwemix', () => {
  const hidden = allFlags()
    .map(({ name }) => name)
    .filter((name) => redactSecrets([`--${name}`, 'value'])[1] !== 'value');
  expect(hidden).toEqual([
    'beacon.api.header',
    'ethstats',
    'header',
    'metrics.influxdb.password',
    'metrics.influxdb.token',
    'metrics.influxdb.username',
    'nodekeyhex',
    'password',
    'pyroscope.password',
    'pyroscope.username',
    'rpc.telemetry.password',
    'rpc.telemetry.username',
  ]);
});
