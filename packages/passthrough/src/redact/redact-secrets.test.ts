import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactSecrets } from './redact-secrets.ts';

describe('redactSecrets', () => {
  it.each([
    [
      ['--password', '/p/file'],
      ['--password', 'REDACTED'],
    ],
    [['--password=/p/file'], ['--password=REDACTED']],
    [
      ['-nodekeyhex', 'c0ffee'],
      ['-nodekeyhex', 'REDACTED'],
    ],
    [['--nodekeyhex=a=b'], ['--nodekeyhex=REDACTED']],
    [
      ['--ethstats', 'me:s3cr:e@t@stats.io:443'],
      ['--ethstats', 'me:REDACTED@stats.io:443'],
    ],
    [['--ethstats=me:s@h'], ['--ethstats=me:REDACTED@h']],
    [
      ['--ethstats', 'nonsense'],
      ['--ethstats', 'REDACTED'],
    ],
    [
      ['--metrics.influxdb.token', 't'],
      ['--metrics.influxdb.token', 'REDACTED'],
    ],
    [['--metrics.influxdb.password=p'], ['--metrics.influxdb.password=REDACTED']],
    [
      ['--metrics.influxdb.username', 'u'],
      ['--metrics.influxdb.username', 'REDACTED'],
    ],
    [
      ['-H', 'Authorization: Bearer x'],
      ['-H', 'Authorization: REDACTED'],
    ],
    [
      ['--beacon.api.header', 'X-Key: x'],
      ['--beacon.api.header', 'X-Key: REDACTED'],
    ],
    [
      ['--beacon.api', 'https://u:p@h/eth'],
      ['--beacon.api', 'https://REDACTED@h/eth'],
    ],
    [
      ['--my-api-key', 'x', '--http'],
      ['--my-api-key', 'REDACTED', '--http'],
    ],
    [
      ['--env', 'DB_PASSWORD=x'],
      ['--env', 'DB_PASSWORD=REDACTED'],
    ],
    [['--env=DB_PASSWORD=x'], ['--env=DB_PASSWORD=REDACTED']],
    [
      ['--env', 'PLAIN=x=y'],
      ['--env', 'PLAIN=REDACTED'],
    ],
    [['--env=PLAIN=x\ny'], ['--env=PLAIN=REDACTED']],
    [
      ['--env', '-x'],
      ['--env', 'REDACTED'],
    ],
    [['--env=1BAD=x'], ['--env=REDACTED']],
    [
      ['--enw', 'API_1=x'],
      ['--enw', 'API_1=REDACTED'],
    ],
    [['--enw=API=x'], ['--enw=API=REDACTED']],
  ])('hides the secret in %j', (argv, expected) => {
    expect(redactSecrets(argv)).toEqual(expected);
  });

  it.each([
    [['--authrpc.jwtsecret', '/d/jwt', '--nodekey=/d/key']],
    [['--bootnodes', `enode://${'a1'.repeat(64)}@10.0.0.1:30303,enode://b@10.0.0.2:30303`]],
    [['--unknown-token', '--http', '--ethstats', 'me@host']],
    [['--metrics.influxdb.tags', 'host=localhost', 'aB=c']],
    [['--http.corsdomain', 'http://a:8545/x@y', '--identity', '']],
  ])('leaves %j as it is', (argv) => {
    expect(redactSecrets(argv)).toEqual(argv);
  });

  it('shows a byte that is not UTF-8 in hexadecimal digits', () => {
    const shown = ['--identity', String.raw`M\xfcller`, String.raw`--x=\x80`, '\u{1f980}\ufffd'];
    const given = ['--identity', 'M\udcfcller', '--x=\udc80', '\u{1f980}\ufffd'];
    expect(redactSecrets(given)).toEqual(shown);
  });

  it('hides what follows a secret flag even where another flag swallowed it', () => {
    expect(redactSecrets(['--password', '--nodekeyhex', 'abc'])).toEqual([
      '--password',
      'REDACTED',
      'REDACTED',
    ]);
  });

  it('keeps every position and never shows the value of a secret flag', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string({ minLength: 1 }), (argv, secret) => {
        const marked = `s3cret-${secret}-marker`;
        const redacted = redactSecrets([...argv, '--nodekeyhex', marked, `--password=${marked}`]);
        expect(redacted).toHaveLength(argv.length + 3);
        expect(redacted.at(-2)).toBe('REDACTED');
        expect(redacted.at(-1)).toBe('--password=REDACTED');
      }),
    );
  });
});
