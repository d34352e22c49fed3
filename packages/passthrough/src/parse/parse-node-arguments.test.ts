import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNodeArguments } from './parse-node-arguments.ts';
import type { ReadingContext } from './reading-context.ts';

const read = (argv: readonly string[], context: ReadingContext = {}) =>
  parseNodeArguments(argv, { flavour: 'geth', version: '1.17.5', ...context });

const flags = (argv: readonly string[], context?: ReadingContext) =>
  read(argv, context).flags.map(({ name, value }) => [name, value]);

const roles = (argv: readonly string[], context?: ReadingContext) =>
  read(argv, context).words.map(({ role }) => role);

describe("Go's flag syntax", () => {
  it.each([[['--http.port=1']], [['--http.port', '1']], [['-http.port=1']], [['-http.port', '1']]])(
    'accepts %j',
    (argv) => {
      expect(flags(argv)).toEqual([['http.port', '1']]);
    },
  );

  it('refuses three dashes and an empty name', () => {
    expect(roles(['---http', '--=x', '-=x'])).toEqual([
      'malformed-flag',
      'malformed-flag',
      'malformed-flag',
    ]);
  });

  it('is case-sensitive, and knows neither abbreviations nor bundles', () => {
    expect(roles(['--HTTP', '--htt', '-hv'])).toEqual([
      'unknown-flag',
      'unknown-flag',
      'unknown-flag',
    ]);
  });

  it('splits at the first equals sign only', () => {
    expect(flags(['--identity=a=b=c', '--identity='])).toEqual([
      ['identity', 'a=b=c'],
      ['identity', ''],
    ]);
  });

  it('never gives a switch the next word', () => {
    expect(flags(['--http', 'false'])).toEqual([['http', null]]);
    expect(roles(['--http', 'false'])).toEqual(['flag', 'positional']);
  });

  it('gives a value flag whatever follows', () => {
    expect(flags(['--http.addr', '--http', '--datadir', '--'])).toEqual([
      ['http.addr', '--http'],
      ['datadir', '--'],
    ]);
    expect(flags(['--identity', ''])).toEqual([['identity', '']]);
  });

  it('reports a missing value as null', () => {
    expect(flags(['--http.port'])).toEqual([['http.port', null]]);
  });

  it('ends at the first plain word of the root command', () => {
    expect(roles(['--http', 'x', '--ws'])).toEqual(['flag', 'positional', 'positional']);
    expect(roles(['', '--ws'])).toEqual(['positional', 'positional']);
    expect(roles(['-', '--ws'])).toEqual(['positional', 'positional']);
  });

  it('takes "--" for a word that ends the options', () => {
    expect(roles(['--http', '--', '--ws'])).toEqual(['flag', 'terminator', 'positional']);
  });

  it('goes on after a subcommand, and knows nested ones', () => {
    const parsed = read(['--http', 'db', 'inspect', '--datadir', '/d']);
    expect(parsed.subcommand).toBe('db inspect');
    expect(parsed.words.map(({ role }) => role)).toEqual([
      'flag',
      'subcommand',
      'subcommand',
      'flag',
      'value',
    ]);
  });

  it("ends at a subcommand's own word in urfave/cli v2, and goes on in v1", () => {
    const argv = ['init', 'g.json', '--datadir', '/d'];
    expect(flags(argv, { version: '1.10.20' })).toEqual([]);
    expect(flags(argv, { version: '1.10.19' })).toEqual([['datadir', '/d']]);
    expect(flags(argv, { flavour: 'gwemix', version: '0.10.9' })).toEqual([['datadir', '/d']]);
  });

  it('knows a flag by its alias', () => {
    expect(flags(['--discv4=false', '-H', 'a: b'])).toEqual([
      ['discovery.v4', 'false'],
      ['header', 'a: b'],
    ]);
  });

  it('gives an unknown flag the next word unless that is an option', () => {
    expect(flags(['--mystery', 'x', '--other', '--http'])).toEqual([
      ['mystery', 'x'],
      ['other', null],
      ['http', null],
    ]);
  });

  it('says where each flag and its value stand', () => {
    expect(read(['--http', '--port', '1', '--ws.port=2']).flags).toMatchObject([
      { position: 0, valuePosition: null, typed: '--http' },
      { position: 1, valuePosition: 2, typed: '--port' },
      { position: 3, valuePosition: 3, typed: '--ws.port' },
    ]);
  });
});

describe('environment variables', () => {
  it('come first, so that the command line wins', () => {
    const { flags: read1 } = read(['--http.port=2'], {
      env: { GETH_HTTP_PORT: '1', PATH: '/bin' },
    });
    expect(read1.map(({ typed, value, source }) => [typed, value, source])).toEqual([
      ['GETH_HTTP_PORT', '1', 'environment'],
      ['--http.port', '2', 'argument'],
    ]);
  });

  it('set a text, a path or a switch when empty, and no number', () => {
    const env = { GETH_HTTP: '', GETH_DATADIR: '', GETH_IDENTITY: '', GETH_HTTP_PORT: '' };
    expect(flags([], { env })).toEqual([
      ['http', 'false'],
      ['datadir', ''],
      ['identity', ''],
    ]);
  });

  it('are not read by go-wemix or an unknown program', () => {
    const env = { GETH_HTTP: 'true', GWEMIX_HTTP: 'true' };
    expect(flags([], { env, flavour: 'gwemix' })).toEqual([]);
    expect(flags([], { env, flavour: 'unknown' })).toEqual([]);
    expect(flags([], { env, flavour: 'go-wbft' })).toEqual([['http', 'true']]);
  });
});

it('gives every word of every command line one role, in place', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('--', '--http', '--datadir', '-', 'console'))),
      (argv) => {
        const { words } = read(argv);
        expect(words.map(({ text }) => text)).toEqual(argv);
        expect(words.map(({ position }) => position)).toEqual(argv.map((_, index) => index));
      },
    ),
  );
});
