import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadingContext } from '../parse/reading-context.ts';
import { allFlags } from '../registry/look-up.ts';
import { validate } from './validate.ts';

const defaultContext: ReadingContext = {
  flavour: 'geth',
  version: '1.17.5',
  platform: 'linux',
  homeDirectory: '/home/op',
  temporaryDirectory: '/tmp',
  cwd: '/srv',
  env: {},
  readFile: () => '',
};

const check = (argv: readonly string[], context: ReadingContext = {}) =>
  validate(argv, { ...defaultContext, ...context });

const codes = (argv: readonly string[], context?: ReadingContext) =>
  check(argv, context).map(({ code, severity, position }) => [code, severity, position]);

describe('a sound command line', () => {
  it.each([
    [[]],
    [['--http', '--http.addr=0.0.0.0', '--http.api', 'eth,net', '--datadir', '/d']],
    [['--syncmode', 'snap', '--cache=8192', '--authrpc.jwtsecret', '/d/jwt']],
    [['--nat', 'EXTIP:1.2.3.4', '--verbosity', '3', '--beacon.api', 'a', '--beacon.api', 'b']],
    [['--http', '--ws', '--http.port', '9000', '--ws.port', '9000']],
    [['--datadir.minfreedisk', '2048', '--db.engine', '', '--networkid=0x539']],
  ])('has no findings: %j', (argv) => {
    expect(check(argv)).toEqual([]);
  });
});

describe('names', () => {
  it('names the flag that was meant', () => {
    expect(check(['--htpp'])[0]).toEqual({
      code: 'unknown-flag',
      severity: 'error',
      position: 0,
      message: '--htpp is no flag of geth 1.17.5.',
      remedy: 'Did you mean --http?',
      flag: 'htpp',
      replacement: 'http',
      fix: { position: 0, remove: 1, insert: ['--http'] },
    });
  });

  it('only warns where the program may have flags of its own', () => {
    expect(codes(['--zzz'], { flavour: 'unknown' })).toEqual([['unknown-flag', 'warning', 0]]);
    expect(codes(['--zzz'], { version: '1.99.0' })).toEqual([['unknown-flag', 'warning', 0]]);
    expect(codes(['--zzz'], { version: null })).toEqual([['unknown-flag', 'warning', 0]]);
    expect(codes(['--zzz'], { flavour: 'gwemix', version: '0.10.9' })).toEqual([
      ['unknown-flag', 'error', 0],
    ]);
  });

  it('finds what is no flag at all', () => {
    expect(codes(['---http'])).toEqual([['malformed-flag', 'error', 0]]);
  });

  it('finds a flag and its value in one word, without showing the value', () => {
    const [finding] = check(['--password hunter2']);
    expect(finding).toMatchObject({ code: 'glued-arguments', severity: 'error', position: 0 });
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });

  it('leaves the flags of a subcommand to it', () => {
    expect(codes(['removedb', '--remove.state'])).toEqual([['exits-by-itself', 'error', 0]]);
  });
});

describe('releases', () => {
  it('finds flags that 1.17.4 dropped, and warns of it before', () => {
    for (const flag of ['mine', 'unlock=x', 'allow-insecure-unlock', 'nousb', 'v5disc']) {
      expect(codes([`--${flag}`], { version: '1.17.4' })).toContainEqual([
        'flag-not-in-version',
        'error',
        0,
      ]);
      const before = check([`--${flag}`], { version: '1.17.3' });
      expect(before[0]?.message).toContain('geth after 1.17.3 refuses to start with it');
      expect(before[0]?.severity).toBe('warning');
    }
  });

  it.each([
    ['wsaddr', '1.10.0', 'Use --ws.addr instead.'],
    ['rpcport', '1.10.9', 'Use --http.port instead.'],
    ['ethash.dagdir', '1.12.0', 'Remove it.'],
    ['fakepow', '1.12.0', 'Remove it.'],
    ['goerli', '1.14.9', 'Remove it.'],
    ['nocompaction', '1.15.7', 'Remove it.'],
    ['bloomfilter.size', '1.15.9', 'Remove it.'],
    ['light.serve', '1.16.0', 'Remove it.'],
  ])('finds that --%s is gone in %s', (flag, version, remedy) => {
    const findings = check([`--${flag}=x`], { version });
    expect(findings.find(({ code }) => code === 'flag-not-in-version')).toMatchObject({ remedy });
  });

  it('finds a flag that came later, and one of another program', () => {
    expect(check(['--sepolia'], { version: '1.10.0' })[0]?.message).toContain(
      'it came with 1.10.12',
    );
    expect(check(['--wemix-testnet'])[0]?.message).toContain('only gwemix has it');
    expect(
      check(['--state.scheme=hash'], { flavour: 'gwemix', version: '0.10.9' })[0]?.message,
    ).toContain('only geth 1.13.0 to 1.17.5 and gwemix 1.0 (go-wbft) have it');
  });

  it('warns of an old flag when the release is not known', () => {
    expect(codes(['--rpc'], { version: null })).toContainEqual(['deprecated', 'warning', 0]);
  });

  it('does not advise the opposite of what was asked', () => {
    expect(check(['--nousb'], { version: '1.17.3' })[0]?.remedy).toBe('Remove it.');
  });

  it('knows what gwemix calls deprecated', () => {
    expect(codes(['--nousb'], { flavour: 'gwemix', version: '0.10.9' })).toEqual([
      ['deprecated', 'warning', 0],
    ]);
  });

  it('judges a fork that counts its own releases as a geth of no known release', () => {
    expect(check(['--http', '--cache=8192'], { version: '1.5.10' })).toEqual([]);
    expect(codes(['--zzz'], { version: '1.5.10' })).toEqual([['unknown-flag', 'warning', 0]]);
  });

  it('is sure of nothing when the program is unknown', () => {
    expect(codes(['node', '--http=no', '--port'], { flavour: 'unknown' })).toEqual([
      ['unexpected-word', 'warning', 0],
      ['bad-value', 'warning', 1],
      ['missing-value', 'warning', 2],
    ]);
  });

  it('says nothing of releases when the program is unknown', () => {
    expect(check(['--rpc', '--mine', '--hub', 'x'], { flavour: 'unknown' })).toEqual([]);
  });
});

describe('values', () => {
  it.each([
    [['--http=no'], 'bad-value', 0],
    [['--http='], 'bad-value', 0],
    [['--http.port', 'abc', '--http'], 'bad-value', 1],
    [['--cache', '1x'], 'bad-value', 1],
    [['--txpool.lifetime', '5'], 'bad-value', 1],
    [['--rpc.txfeecap', 'x'], 'bad-value', 1],
    [['--port'], 'missing-value', 0],
    [['--syncmode', 'fast'], 'not-one-of', 1],
    [['--syncmode='], 'not-one-of', 0],
    [['--gcmode', 'full,archive'], 'not-one-of', 1],
    [['--nat', 'magic'], 'not-one-of', 1],
    [['--port', '99999'], 'out-of-range', 1],
    [['--datadir.minfreedisk', '2GB'], 'bad-value', 1],
  ])('of %j: %s', (argv, code, position) => {
    expect(codes(argv)).toContainEqual([code, 'error', position]);
  });

  it.each([
    [['--http.port', '99999']],
    [['--http', '--ws.port=99999']],
    [['--dev', '--port=99999', '--authrpc.port=99999']],
    [['--nodiscover', '--discovery.port=99999']],
    [['--rpc.telemetry.sample-ratio=2']],
  ])('out of range are no error where what they are for is off: %j', (argv) => {
    expect(codes(argv).filter(([code]) => code === 'out-of-range')).toEqual([]);
  });

  it.each([
    [['--http', '--http.port', '99999']],
    [['--ws', '--ws.port=99999']],
    [['--authrpc.port=99999']],
    [['--discovery.port=99999']],
    [['--rpc.telemetry', '--rpc.telemetry.sample-ratio=2']],
  ])('out of range are an error where it is on: %j', (argv) => {
    expect(codes(argv)).toContainEqual(['out-of-range', 'error', expect.any(Number)]);
  });

  it.each([
    [['--rpc.txfeecap', '1_000.5']],
    [['--rpc.txfeecap=1_0e1_0']],
    [['--cache=8_192']],
    [['--miner.gasprice', '+5']],
  ])('are read as Go reads them: %j', (argv) => expect(check(argv)).toEqual([]));

  it.each([
    [['--rpc.txfeecap', '1__0']],
    [['--rpc.txfeecap=_1']],
    [['--rpc.txfeecap=1_.5']],
    [['--miner.gasprice=-0x5']],
    [['--miner.gasprice=1_000']],
  ])('are refused as Go refuses them: %j', (argv) => {
    expect(codes(argv)).toContainEqual(['bad-value', 'error', expect.any(Number)]);
  });

  it('warns where the node mends the value itself', () => {
    expect(codes(['--txpool.pricebump', '0'])).toEqual([['out-of-range', 'warning', 1]]);
    expect(codes(['--txpool.rejournal=1ms'])).toEqual([['out-of-range', 'warning', 0]]);
    expect(codes(['--blobpool.fetchprobability=101'])).toEqual([['out-of-range', 'warning', 0]]);
    expect(codes(['--metrics.port', '70000'])).toEqual([['out-of-range', 'warning', 1]]);
    expect(check(['--fdlimit=0'])).toEqual([]);
  });

  it('knows the words of older releases', () => {
    expect(check(['--syncmode=fast'], { version: '1.9.25' })).toEqual([]);
    expect(check(['--syncmode=light'], { flavour: 'gwemix', version: '0.10.9' })).toEqual([]);
    expect(codes(['--syncmode=fast'], { flavour: 'gwemix', version: '0.10.9' })).toEqual([
      ['not-one-of', 'error', 0],
    ]);
  });

  it('warns of a word that only does not do what it says', () => {
    expect(codes(['--userocksdb', '2'], { flavour: 'gwemix', version: '0.10.9' })).toEqual([
      ['not-one-of', 'warning', 1],
    ]);
  });

  it.each(['2GB', '', 'abc', '-5'])('finds that %j switches the free-disk check off', (value) => {
    expect(codes(['--datadir.minfreedisk', value], { version: '1.16.9' })).toEqual([
      ['free-disk-check-off', 'warning', 1],
    ]);
  });

  it('only mentions a free-disk check that is off on purpose', () => {
    expect(codes(['--datadir.minfreedisk=0'], { version: '1.16.9' })).toEqual([
      ['free-disk-check-off', 'info', 0],
    ]);
  });

  it('never shows a secret', () => {
    const findings = check(['--nodekeyhex'], { env: { GETH_NODEKEYHEX: 'c0ffee' } });
    expect(JSON.stringify(findings)).not.toContain('c0ffee');
  });
});

describe('words', () => {
  it('explains --http false', () => {
    expect(check(['--http', 'false'])[0]).toMatchObject({
      code: 'separated-boolean',
      severity: 'error',
      position: 1,
      remedy: 'Write --http=false.',
    });
    expect(check(['--http', 'yes'])[0]?.remedy).toBe('Write --http=true.');
    expect(check(['--http', 'off'])[0]?.remedy).toBe('Write --http=false.');
  });

  it('reads on after a word that ends the options, so that every mistake is found at once', () => {
    expect(
      codes(['--http', 'false', '--ws', 'true', 'stray', 'other', '--syncmode', 'fast']),
    ).toEqual([
      ['separated-boolean', 'error', 1],
      ['separated-boolean', 'error', 3],
      ['unexpected-word', 'error', 4],
      ['not-one-of', 'error', 7],
    ]);
    expect(codes(['--http', 'false', 'version'])).toEqual([
      ['separated-boolean', 'error', 1],
      ['exits-by-itself', 'error', 2],
    ]);
  });

  it('finds a command that this release does not have', () => {
    expect(codes(['makedag'])).toEqual([['unexpected-word', 'error', 0]]);
    expect(codes(['makedag'], { version: '1.11.6' })).toEqual([['exits-by-itself', 'error', 0]]);
  });

  it('finds a word that is no command, and names the nearest', () => {
    expect(check(['consle'])[0]).toMatchObject({
      code: 'unexpected-word',
      position: 0,
      remedy: 'Did you mean the command console?',
    });
    expect(codes(['--http', 'zzzzzzzzzzz', 'b'])).toEqual([['unexpected-word', 'error', 1]]);
    expect(codes(['--http', '--', 'b'])).toEqual([['unexpected-word', 'error', 1]]);
  });

  it('finds a flag that was taken for a value', () => {
    expect(codes(['--http', '--http.addr', '--ws'])).toEqual([['flag-as-value', 'warning', 2]]);
  });

  it('finds a flag glued into a value', () => {
    expect(codes(['--datadir', '/d --syncmode=full'])).toEqual([['glued-arguments', 'warning', 1]]);
    expect(check(['--identity', 'a --b c'])).toEqual([]);
  });

  it('finds repeated flags, but not lists or equal values', () => {
    expect(codes(['--port=1', '--port=2'])).toEqual([['repeated-flag', 'warning', 1]]);
    expect(check(['--port=1', '--port=1'])).toEqual([]);
  });

  it('finds two names of one flag', () => {
    expect(codes(['--header=a', '-H', 'b'])).toEqual([['two-names', 'error', 1]]);
  });
});

describe('exclusive flags', () => {
  it.each([
    [['--sepolia', '--holesky'], '1.17.5'],
    [['--dev', '--sepolia'], '1.17.5'],
    [['--dev', '--override.genesis=g'], '1.16.6'],
    [['--dev', '--signer=x'], '1.17.5'],
    [['--ipcdisable=false', '--ipcpath=x'], '1.17.5'],
    [['--nodekey=x', '--nodekeyhex=y'], '1.17.5'],
    [['--discovery.v4', '--nodiscover'], '1.12.1'],
    [['--discovery.v5', '--nodiscover'], '1.17.5'],
    [['--light.serve=1', '--syncmode=light'], '1.13.5'],
    [['--metrics.influxdb', '--metrics.influxdbv2'], '1.10.8'],
    [['--dev', '--rinkeby'], '1.9.0'],
  ])('are found: %j in %s', (argv, version) => {
    expect(codes(argv, { version })).toContainEqual(['exclusive-flags', 'error', 1]);
  });

  it.each([
    [['--light.serve=1', '--syncmode=full'], '1.13.5'],
    [['--light.serve=1', '--syncmode=light'], '1.13.6'],
    [['--metrics.influxdb', '--metrics.influxdbv2'], '1.10.7'],
  ])('may be together: %j in %s', (argv, version) => {
    expect(codes(argv, { version }).map(([code]) => code)).not.toContain('exclusive-flags');
  });

  it('count for gwemix as for geth 1.10', () => {
    const gwemix = { flavour: 'gwemix', version: '0.10.9' } as const;
    expect(codes(['--dev', '--wemix-testnet'], gwemix)).toEqual([['exclusive-flags', 'error', 1]]);
  });

  it('count when the environment sets one of them', () => {
    expect(codes(['--sepolia'], { env: { GETH_HOLESKY: 'true' } })).toEqual([
      ['exclusive-flags', 'error', 0],
    ]);
  });
});

describe('what a supervisor should know', () => {
  it('finds commands and flags that exit at once', () => {
    expect(codes(['version'])).toEqual([['exits-by-itself', 'error', 0]]);
    expect(codes(['-h'])).toEqual([['exits-by-itself', 'error', 0]]);
    expect(codes(['--exitwhensynced'])).toEqual([['exits-by-itself', 'warning', 0]]);
    expect(check(['--exitwhensynced=false'])).toEqual([]);
  });

  it('warns of the console', () => {
    expect(codes(['--http', 'console'])).toEqual([['interactive', 'warning', 1]]);
  });

  it('warns where the log goes past the supervisor', () => {
    expect(codes(['--log', 'f'], { flavour: 'gwemix', version: '0.10.9' })).toEqual([
      ['log-redirected', 'warning', 0],
    ]);
    expect(codes(['--log.file=f'], { version: '1.11.5' })).toEqual([
      ['log-redirected', 'warning', 0],
    ]);
    expect(check(['--log.file=f'], { version: '1.11.6' })).toEqual([]);
  });
});

describe('ports', () => {
  it.each([
    [['--http', '--http.port=8551'], 1],
    [['--http', '--http.port=30303'], 1],
    [['--http', '--ws', '--ws.port=8545', '--ws.addr=10.0.0.1'], 2],
    [['--authrpc.port', '30303'], 1],
    [['--http', '--http.addr=0.0.0.0', '--authrpc.addr=10.0.0.1', '--http.port=8551'], 3],
  ])('clash: %j', (argv, position) => {
    expect(codes(argv)).toContainEqual(['port-clash', 'error', position]);
  });

  it('clash without ending the start where only metrics are lost', () => {
    expect(codes(['--metrics', '--metrics.addr=127.0.0.1', '--pprof'])).toEqual([
      ['port-clash', 'warning', null],
    ]);
  });

  it('do not clash on different addresses or protocols', () => {
    expect(
      check(['--http', '--http.addr=10.0.0.1', '--http.port=8551', '--discovery.port=8551']),
    ).toEqual([]);
  });

  it('have no effect while their server is off', () => {
    expect(codes(['--http.port=9000', '--ws.api=eth'])).toEqual([
      ['no-effect', 'warning', 0],
      ['no-effect', 'warning', 1],
    ]);
    expect(
      check(['--config=c', '--http.port=9000'], { readFile: () => '[Node]\nHTTPHost="::1"' }),
    ).toEqual([]);
  });
});

describe('unlocked accounts', () => {
  const argv = ['--unlock', '0xabc', '--http'];

  it('end the start while HTTP is open, up to 1.14.11 and in gwemix', () => {
    expect(codes(argv, { version: '1.14.11' })).toEqual([['unlock-over-http', 'error', 0]]);
    expect(codes(argv, { flavour: 'gwemix', version: '0.10.9' })).toEqual([
      ['unlock-over-http', 'error', 0],
    ]);
  });

  it('are let be where that is allowed, or nothing is open or unlocked', () => {
    for (const allowed of [
      [...argv, '--allow-insecure-unlock'],
      argv.slice(0, 2),
      ['--unlock=', '--ws'],
    ]) {
      expect(check(allowed, { version: '1.14.11' })).toEqual([]);
    }
  });
});

describe('the context', () => {
  it('finds an IPC path that no socket can have', () => {
    const long = `/${'d'.repeat(98)}`;
    expect(codes(['--datadir', long])).toEqual([['ipc-path-too-long', 'error', 1]]);
    expect(check(['--datadir', long.slice(0, 98)])).toEqual([]);
    expect(codes(['--ipcpath', `${long.slice(0, 98)}/x.sock`], { platform: 'darwin' })).toEqual([
      ['ipc-path-too-long', 'error', 1],
    ]);
  });

  it('finds a configuration file that is missing or no TOML', () => {
    const missing = () => {
      throw new Error("ENOENT: no such file or directory, open '/srv/c.toml'");
    };
    expect(codes(['--config', 'c.toml'], { readFile: missing })).toEqual([
      ['config-unreadable', 'error', 1],
    ]);
    expect(codes(['--config', 'c.toml'], { readFile: () => '[Node\nx' })).toEqual([
      ['config-unreadable', 'error', 1],
    ]);
  });

  describe('finds keys of the configuration file', () => {
    const inFile = (text: string, context: ReadingContext = {}) =>
      check(['--config', 'c.toml'], { readFile: () => text, ...context });

    it('that no release has, with the nearest name', () => {
      expect(inFile('[Eth]\nNetworkID = 5\nSyncMode = "full"\n')).toEqual([
        {
          code: 'unknown-config-key',
          severity: 'error',
          position: 1,
          message:
            '/srv/c.toml: Eth.NetworkID is no key of geth 1.17.5, which refuses to start with it.',
          remedy: 'Did you mean NetworkId?',
          flag: 'config',
          replacement: null,
          fix: null,
        },
      ]);
      expect(inFile('HTTPPort = 1\n[Nodes]\n"a\\nb" = 1')).toMatchObject([
        { message: expect.stringContaining(': HTTPPort is no key'), remedy: 'Remove it.' },
        { message: expect.stringContaining(': Nodes is no key'), remedy: 'Did you mean Node?' },
      ]);
    });

    it.each<[toml: string, version: string, said: string | null]>([
      ['[Eth.Ethash]\nCacheDir = ""', '1.11.6', null],
      [
        '[Eth.Ethash]\nCacheDir = ""',
        '1.12.0',
        'Eth.Ethash is no key of geth 1.12.0, which refuses to start with it: the last one to have it was 1.11.6.',
      ],
      [
        '[Eth.BlobPool]\nDatacap = 1',
        '1.12.0',
        'Eth.BlobPool is no key of geth 1.12.0, which refuses to start with it: it came with 1.12.1.',
      ],
      [
        '[Node.P2P]\nDiscoveryV4 = true',
        '1.12.0',
        'Node.P2P.DiscoveryV4 is no key of geth 1.12.0, which refuses to start with it: it came with 1.12.1.',
      ],
      ['[Eth]\nLightServ = 1', '1.14.8', null],
      ['[Eth]\nLightServ = 1', '1.14.9', 'Eth.LightServ has no effect in geth 1.14.9.'],
      ['[Eth]\nEVMInterpreter = ""', '1.10.5', 'Eth.EVMInterpreter has no effect in geth 1.10.5.'],
      ['[Eth.Genesis.Config]\nanything = 1', '1.16.0', null],
      [
        '[Metrics]\nEnabled = true',
        '1.9.25',
        'Metrics is no key of geth 1.9.25, which refuses to start with it: it came with 1.10.0.',
      ],
    ])('that a release has or not: %j in %s', (toml, version, said) => {
      const messages = inFile(toml, { version }).map(({ message }) => message);
      expect(messages).toEqual(said === null ? [] : [`/srv/c.toml: ${said}`]);
    });

    it('as far as they are known: of gwemix, and not of what is newer or another program', () => {
      const toml = '[Node]\nDBEngine = "pebble"';
      expect(inFile(toml, { flavour: 'gwemix', version: '0.10.9' })).toMatchObject([
        {
          code: 'unknown-config-key',
          severity: 'error',
          message: expect.stringContaining('only geth 1.11.0 to 1.17.5 has it'),
        },
      ]);
      const stray = '[Eth]\nNew = 1';
      expect(inFile(stray, { version: '1.18.0' })).toMatchObject([{ severity: 'warning' }]);
      expect(inFile(stray, { version: null })).toMatchObject([{ severity: 'warning' }]);
      for (const flavour of ['unknown', 'go-wbft'] as const) {
        expect(inFile(stray, { flavour, version: '1.0.0' })).toEqual([]);
      }
    });
  });

  it('finds variables that the node does not know', () => {
    expect(check([], { env: { GETH_HTPP: '1', OTHER: '1' } })).toEqual([
      {
        code: 'unknown-variable',
        severity: 'warning',
        position: null,
        message: 'The node ignores the variable GETH_HTPP.',
        remedy: 'Did you mean GETH_HTTP?',
        flag: null,
        replacement: null,
        fix: null,
      },
    ]);
    expect(check([], { env: { GETH_HTPP: '1' }, version: '1.13.0' })).toEqual([]);
  });

  it('finds a variable that cannot be read, even when the flag is given too', () => {
    expect(codes(['--port=1'], { env: { GETH_PORT: 'abc' } })).toEqual([
      ['bad-value', 'error', null],
    ]);
  });
});

describe('every command line', () => {
  const names = allFlags().map(({ name }) => `--${name}`);
  const word = fc.oneof(
    fc.constantFrom(...names),
    fc
      .constantFrom(...names)
      .chain((name) => fc.string({ unit: 'binary' }).map((v) => `${name}=${v}`)),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('--', '-', '', 'console', 'db', '0', '99999999999999999999', '1h', '~/x'),
  );

  it('is read without a throw, in order of position', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }),
        fc.constantFrom('geth', 'gwemix', 'go-wbft', 'unknown'),
        fc.option(fc.constantFrom('1.9.0', '1.10.20', '1.13.1', '1.17.5', '', 'x.y')),
        fc.string({ unit: 'binary' }),
        (argv, flavour, version, file) => {
          const positions = check(argv, { flavour, version, readFile: () => file }).map(
            ({ position }) => position ?? argv.length,
          );
          expect(positions).toEqual(positions.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read in time when it is a megabyte of one thing', () => {
    for (const text of ['-', 'a', '=', '$', ' -', '/', 'password', '\u0000', '1', '://@', 'a:']) {
      const long = text.repeat(200_000);
      check([long, `--datadir=${long}`, `--http.port=${long}`, '--ethstats', long]);
    }
  });
});
