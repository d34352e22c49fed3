import { describe, expect, it } from 'vitest';
import { deriveNodeFacts } from './derive-node-facts.ts';
import type { ReadingContext } from '../parse/reading-context.ts';

const linux: ReadingContext = {
  flavour: 'geth',
  version: '1.17.5',
  platform: 'linux',
  homeDirectory: '/home/op',
  temporaryDirectory: '/tmp',
  cwd: '/srv/node',
  env: {},
  readFile: () => {
    throw new Error('no such file');
  },
};

const facts = (argv: readonly string[], context: ReadingContext = {}) =>
  deriveNodeFacts(argv, { ...linux, ...context });

const withToml = (toml: string, argv: readonly string[] = [], context: ReadingContext = {}) =>
  facts(['--config', 'geth.toml', ...argv], {
    ...context,
    readFile: (path) => {
      expect(path).toBe('/srv/node/geth.toml');
      return toml;
    },
  });

const http = (url: string) => ({ kind: 'http', url });

describe('the HTTP endpoint', () => {
  it('is off by default, so the node is watched over IPC', () => {
    const { endpoints, endpoint } = facts([]);
    expect(endpoints.http).toBeNull();
    expect(endpoint).toEqual({ kind: 'ipc', path: '/home/op/.ethereum/geth.ipc' });
  });

  it('listens on 8545 for geth and 8588 for gwemix', () => {
    expect(facts(['--http']).endpoint).toEqual(http('http://127.0.0.1:8545'));
    expect(facts(['--http'], { flavour: 'gwemix', version: '0.10.9' }).endpoint).toEqual(
      http('http://127.0.0.1:8588'),
    );
  });

  it('dials the loopback where the server is on all interfaces', () => {
    expect(facts(['--http', '--http.addr', '0.0.0.0']).endpoint).toEqual(
      http('http://127.0.0.1:8545'),
    );
    expect(facts(['--http', '--http.addr=::']).endpoint).toEqual(http('http://[::1]:8545'));
  });

  it('is not switched on by its port or address alone', () => {
    expect(facts(['--http.port', '9000', '--http.addr', '0.0.0.0']).endpoints.http).toBeNull();
  });

  it('takes the last word when flags repeat', () => {
    expect(facts(['--http', '--http=false']).endpoints.http).toBeNull();
    expect(facts(['--http', '--http.port=1', '--http.port=2']).endpoint).toEqual(
      http('http://127.0.0.1:2'),
    );
  });

  it('is not known where the system picks the port or the port is none', () => {
    expect(facts(['--http', '--http.port=0']).endpoints.http).toBeNull();
    expect(facts(['--http', '--http.port=99999']).endpoints.http).toBeNull();
  });

  it('keeps the path prefix', () => {
    expect(facts(['--http', '--http.rpcprefix=/rpc']).endpoint).toEqual(
      http('http://127.0.0.1:8545/rpc'),
    );
  });

  it('follows the old names', () => {
    expect(
      facts(['--rpc', '--rpcport', '7000', '--rpcaddr', '10.0.0.1'], { version: '1.9.25' })
        .endpoint,
    ).toEqual(http('http://10.0.0.1:7000'));
  });

  it('follows the environment from 1.13.1 on, and the command line beats it', () => {
    const env = { GETH_HTTP: 'true', GETH_HTTP_PORT: '9000' };
    expect(facts([], { env }).endpoint).toEqual(http('http://127.0.0.1:9000'));
    expect(facts(['--http.port=9001'], { env }).endpoint).toEqual(http('http://127.0.0.1:9001'));
    expect(facts([], { env, version: '1.13.0' }).endpoints.http).toBeNull();
  });

  it('is switched on by HTTPHost in the TOML file, and flags beat the file', () => {
    const toml = '[Node]\nHTTPHost = "0.0.0.0"\nHTTPPort = 9100\n';
    expect(withToml(toml).endpoint).toEqual(http('http://127.0.0.1:9100'));
    expect(withToml(toml, ['--http.port', '9200']).endpoint).toEqual(http('http://127.0.0.1:9200'));
  });
});

describe('the HTTP server', () => {
  it('is off where --http.addr is empty', () => {
    expect(facts(['--http', '--http.addr=']).endpoints.http).toBeNull();
  });

  it('takes no address without --http, even where the TOML file switches it on', () => {
    const toml = '[Node]\nHTTPHost = "10.0.0.1"\n';
    expect(withToml(toml, ['--http.addr', '10.0.0.2']).endpoint).toEqual(
      http('http://10.0.0.1:8545'),
    );
    expect(withToml(toml, ['--http.addr', '10.0.0.2', '--http']).endpoint).toEqual(
      http('http://10.0.0.2:8545'),
    );
    expect(withToml(toml, ['--http=false']).endpoint).toEqual(http('http://10.0.0.1:8545'));
  });

  it('may share its port with WebSocket', () => {
    expect(facts(['--http', '--ws', '--ws.port', '8545']).endpoints).toMatchObject({
      http: http('http://127.0.0.1:8545'),
      ws: { kind: 'ws', url: 'ws://127.0.0.1:8545' },
    });
  });

  it('of gstable has its own names and ports', () => {
    const gstable = { flavour: 'gstable', version: '1.0.1' } as const;
    const found = facts(['--datadir', '/d', '--http', '--testnet'], gstable);
    expect(found).toMatchObject({
      endpoints: {
        http: { kind: 'http', url: 'http://127.0.0.1:8545' },
        ipc: { kind: 'ipc', path: '/d/gstable.ipc' },
      },
      instanceDirectory: '/d/gstable',
      network: 'stablenet-testnet',
    });
    expect(found.ports.map(({ name, port }) => `${name} ${port}`)).toEqual(
      expect.arrayContaining(['p2p 30303', 'authrpc 8551']),
    );
    const home = { ...gstable, env: { HOME: '/home/op' } };
    expect(facts([], home)).toMatchObject({
      dataDirectory: '/home/op/.ethereum',
      network: 'stablenet-mainnet',
    });
    expect(facts(['--networkid', '8283'], gstable).network).toBe('stablenet-testnet');
  });

  it('has no known port in go-wbft, whose defaults are not public', () => {
    const wbft = { flavour: 'go-wbft', version: '1.0.0' } as const;
    expect(facts(['--http'], wbft).endpoints.http).toBeNull();
    expect(facts(['--http', '--http.port=1'], wbft).endpoint).toEqual(http('http://127.0.0.1:1'));
    expect(facts(['--datadir=/d'], wbft).endpoint).toEqual({ kind: 'ipc', path: '/d/gwemix.ipc' });
    expect(facts([], wbft)).toMatchObject({ endpoint: null, dataDirectory: null });
  });

  it('ignores a port that is no number', () => {
    expect(facts(['--http', '--http.port=abc']).endpoint).toEqual(http('http://127.0.0.1:8545'));
  });
});

describe('the WebSocket endpoint', () => {
  it.each([
    ['geth', 'ws://127.0.0.1:8546'],
    ['gwemix', 'ws://127.0.0.1:8598'],
  ] as const)('of %s is %s', (flavour, url) => {
    expect(facts(['--ws'], { flavour, version: null }).endpoints.ws).toEqual({ kind: 'ws', url });
  });

  it('is never the one to watch the node by', () => {
    expect(facts(['--ws', '--ipcdisable']).endpoint).toBeNull();
  });
});

describe('the TOML file', () => {
  it('gives the data directory as it is, without a network folder or expansion', () => {
    expect(withToml('[Node]\nDataDir = "/d"\n', ['--sepolia']).dataDirectory).toBe('/d');
    expect(withToml('[Node]\nDataDir = "~/d"\n').dataDirectory).toBe('/srv/node/~/d');
    expect(withToml('[Node]\nDataDir = ""\n').dataDirectory).toBeNull();
    expect(withToml('[Node]\nDataDir = "/home/op/.ethereum"\n', ['--sepolia']).dataDirectory).toBe(
      '/home/op/.ethereum/sepolia',
    );
  });

  it('has case-sensitive keys', () => {
    expect(withToml('[node]\nHTTPHost = "10.0.0.1"\n').endpoints.http).toBeNull();
    expect(withToml('[Node]\nhttphost = "10.0.0.1"\n').endpoints.http).toBeNull();
  });

  it('gives the network number', () => {
    expect(withToml('[Eth]\nNetworkId = 1001\n').network).toBe('network 1001');
    expect(withToml('[Eth]\nNetworkId = 1001\n', ['--networkid=5']).network).toBe('goerli');
  });

  it('gives the IPC path', () => {
    expect(withToml('[Node]\nIPCPath = "/run/x.ipc"\n').endpoint).toEqual({
      kind: 'ipc',
      path: '/run/x.ipc',
    });
  });

  it('is ignored where a value has the wrong type or the file is broken', () => {
    expect(withToml('[Node]\nHTTPHost = 1\nHTTPPort = "x"\n').endpoints.http).toBeNull();
    expect(withToml('Node = 1\n').dataDirectory).toBe('/home/op/.ethereum');
    expect(withToml('[Node').dataDirectory).toBe('/home/op/.ethereum');
    expect(facts(['--config=missing.toml']).dataDirectory).toBe('/home/op/.ethereum');
  });

  it('is named by the environment too', () => {
    const readFile = () => '[Node]\nHTTPHost = "127.0.0.1"\nHTTPPort = 5\n';
    expect(facts([], { env: { GETH_CONFIG: 'geth.toml' }, readFile }).endpoint).toEqual(
      http('http://127.0.0.1:5'),
    );
  });
});

describe('the IPC endpoint', () => {
  it('goes into the data directory when its name is bare', () => {
    expect(facts(['--datadir', 'data', '--ipcpath', 'x.ipc']).endpoints.ipc).toEqual({
      kind: 'ipc',
      path: '/srv/node/data/x.ipc',
    });
  });

  it('is used as it is when it has a slash', () => {
    expect(facts(['--ipcpath', './x.ipc/y']).endpoints.ipc).toEqual({
      kind: 'ipc',
      path: '/srv/node/x.ipc/y',
    });
  });

  it('is in the temporary directory for --dev', () => {
    expect(facts(['--dev']).endpoints.ipc).toEqual({ kind: 'ipc', path: '/tmp/geth.ipc' });
  });

  it('is off with --ipcdisable or an empty IPCPath', () => {
    expect(facts(['--ipcdisable']).endpoint).toBeNull();
    expect(withToml('[Node]\nIPCPath = ""\n').endpoint).toBeNull();
  });

  it('is gwemix.ipc for gwemix', () => {
    expect(facts([], { flavour: 'gwemix' }).endpoint).toEqual({
      kind: 'ipc',
      path: '/home/op/.wemix/gwemix.ipc',
    });
  });
});

describe('the data directory', () => {
  it.each([
    ['geth', 'linux', '/home/op/.ethereum'],
    ['geth', 'darwin', '/home/op/Library/Ethereum'],
    ['gwemix', 'linux', '/home/op/.wemix'],
    ['gwemix', 'darwin', '/home/op/Library/Ethereum'],
  ] as const)('of %s on %s is %s', (flavour, platform, path) => {
    expect(facts([], { flavour, platform }).dataDirectory).toBe(path);
  });

  it('gets a sub-folder from a network switch only on the default base', () => {
    expect(facts(['--sepolia']).dataDirectory).toBe('/home/op/.ethereum/sepolia');
    expect(facts(['--sepolia', '--datadir', '/d']).dataDirectory).toBe('/d');
    expect(facts(['--mainnet']).dataDirectory).toBe('/home/op/.ethereum');
  });

  it.each([
    ['testnet', '1.9.12', 'testnet'],
    ['testnet', '1.9.13', 'ropsten'],
    ['ropsten', '1.10.0', 'ropsten'],
    ['rinkeby', '1.9.0', 'rinkeby'],
    ['goerli', '1.14.8', 'goerli'],
    ['kiln', '1.10.20', 'kiln'],
    ['holesky', '1.17.5', 'holesky'],
    ['hoodi', '1.17.5', 'hoodi'],
    ['calaveras', '1.10.4', 'calaveras'],
    ['yolov1', '1.9.15', 'yolo-v1'],
    ['yolov2', '1.9.24', 'yolo-v2'],
    ['yolov3', '1.10.0', 'yolo-v3'],
  ])('of --%s in geth %s ends in %s', (flag, version, folder) => {
    expect(facts([`--${flag}`], { version }).dataDirectory).toBe(`/home/op/.ethereum/${folder}`);
    expect(facts([`--${flag}=false`], { version }).dataDirectory).toBe('/home/op/.ethereum');
  });

  it('of gwemix is the same for its test network', () => {
    expect(facts(['--wemix-testnet'], { flavour: 'gwemix' }).dataDirectory).toBe('/home/op/.wemix');
  });

  it('follows HOME of the node before that of the user', () => {
    expect(facts([], { env: { HOME: '/var/geth' } }).dataDirectory).toBe('/var/geth/.ethereum');
    expect(facts([], { homeDirectory: '' }).dataDirectory).toBeNull();
  });

  it('follows the environment', () => {
    expect(facts([], { env: { GETH_DATADIR: '/e' } }).dataDirectory).toBe('/e');
    expect(facts(['--datadir=/d'], { env: { GETH_DATADIR: '/e' } }).dataDirectory).toBe('/d');
  });

  it('expands ~ and variables, and an empty one is the working directory', () => {
    expect(facts(['--datadir', '~/eth//x/']).dataDirectory).toBe('/home/op/eth/x');
    expect(facts(['--datadir=$D/${E}'], { env: { D: '/a', E: 'b' } }).dataDirectory).toBe('/a/b');
    expect(facts(['--datadir', '']).dataDirectory).toBe('/srv/node');
  });

  it('is in memory for --dev, whatever the file says', () => {
    expect(withToml('[Node]\nDataDir = "/d"\n', ['--dev']).dataDirectory).toBeNull();
  });

  it('holds an instance directory named for the program', () => {
    expect(facts(['--datadir', '/d']).instanceDirectory).toBe('/d/geth');
    expect(facts(['--datadir', '/d'], { flavour: 'gwemix' }).instanceDirectory).toBe('/d/geth');
    expect(facts(['--datadir', '/d'], { flavour: 'go-wbft' }).instanceDirectory).toBeNull();
  });
});

describe('the database engine', () => {
  it('is the one that flag or file asks for', () => {
    expect(facts(['--db.engine=pebble']).databaseEngine).toBe('pebble');
    expect(withToml('[Node]\nDBEngine = "leveldb"\n', []).databaseEngine).toBe('leveldb');
    expect(withToml('[Node]\nDBEngine = "leveldb"\n', ['--db.engine=pebble']).databaseEngine).toBe(
      'pebble',
    );
  });

  it('is null where none is asked for, or one that does not exist', () => {
    expect(facts([]).databaseEngine).toBeNull();
    expect(facts(['--db.engine=rocksdb']).databaseEngine).toBeNull();
  });
});

describe('the state scheme', () => {
  it('is the one that flag or file asks for', () => {
    expect(facts(['--state.scheme=path']).stateScheme).toBe('path');
    expect(withToml('[Eth]\nStateScheme = "hash"\n', []).stateScheme).toBe('hash');
    const both = withToml('[Eth]\nStateScheme = "hash"\n', ['--state.scheme', 'path']);
    expect(both.stateScheme).toBe('path');
  });

  it('is null where none is asked for, one that does not exist, or the old blocks are elsewhere', () => {
    expect(facts([]).stateScheme).toBeNull();
    expect(facts(['--state.scheme=verkle']).stateScheme).toBeNull();
    expect(facts(['--state.scheme=path', '--datadir.ancient=/a']).stateScheme).toBeNull();
    const toml = '[Eth]\nStateScheme = "hash"\nDatabaseFreezer = "/a"\n';
    expect(withToml(toml, []).stateScheme).toBeNull();
  });
});

describe('the most peers', () => {
  it.each([
    [[], null],
    [['--maxpeers', '0'], 0],
    [['--maxpeers=many'], null],
    [['--dev', '--maxpeers', '9'], 0],
    [['--dev=false', '--maxpeers', '9'], 9],
  ] as const)('of %j are %s', (argv, most) => {
    expect(facts(argv).maximumPeers).toBe(most);
  });

  it('may be in the file', () => {
    const toml = '[Node.P2P]\nMaxPeers = 4\n';
    expect(withToml(toml).maximumPeers).toBe(4);
    expect(withToml(toml, ['--maxpeers', '5']).maximumPeers).toBe(5);
  });
});

describe('the network', () => {
  it.each([
    [[], 'geth', 'mainnet'],
    [['--sepolia'], 'geth', 'sepolia'],
    [['--dev'], 'geth', 'dev'],
    [['--networkid', '1001'], 'geth', 'network 1001'],
    [['--networkid', '0x1'], 'geth', 'mainnet'],
    [[], 'gwemix', 'wemix-mainnet'],
    [['--wemix-testnet'], 'gwemix', 'wemix-testnet'],
    [['--networkid=1112'], 'gwemix', 'wemix-testnet'],
    [['--testnet'], 'go-wbft', 'wemix-testnet'],
    [[], 'unknown', null],
    [['--networkid', '7'], 'unknown', 'network 7'],
  ] as const)('of %j for %s is %s', (argv, flavour, network) => {
    expect(facts(argv, { flavour }).network).toBe(network);
  });
});

describe('an unknown program', () => {
  it('has no endpoint that its arguments do not name', () => {
    expect(facts([], { flavour: 'unknown' })).toMatchObject({
      endpoint: null,
      dataDirectory: null,
    });
    expect(facts(['--datadir', '/d'], { flavour: 'unknown' }).endpoint).toBeNull();
    expect(facts(['--http'], { flavour: 'unknown' }).endpoint).toBeNull();
    expect(facts(['--http', '--http.port=9000'], { flavour: 'unknown' }).endpoint).toEqual(
      http('http://127.0.0.1:9000'),
    );
  });
});

describe('the formats of a data directory', () => {
  const readBy = (flavour: 'geth' | 'gwemix' | 'unknown', version: string | null) => {
    const { databaseEngines, stateSchemes, freezerFormat } = deriveNodeFacts([], {
      flavour,
      version,
    });
    return [databaseEngines, stateSchemes, freezerFormat];
  };

  it.each([
    ['1.10.16', ['leveldb'], ['hash'], null],
    ['1.10.17', ['leveldb'], ['hash'], 1],
    ['1.11.0', ['leveldb', 'pebble'], ['hash'], 1],
    ['1.13.0', ['leveldb', 'pebble'], ['hash', 'path'], 1],
    ['1.14.13', ['leveldb', 'pebble'], ['hash', 'path'], 1],
    ['1.15.0', ['leveldb', 'pebble'], ['hash', 'path'], 2],
    ['1.17.5-stable', ['leveldb', 'pebble'], ['hash', 'path'], 2],
  ])('are those that the release reads: %s', (version, ...formats) => {
    expect(readBy('geth', version)).toEqual(formats);
  });

  it('are not known of no release, and of other programs', () => {
    expect(readBy('geth', null)).toEqual([null, null, null]);
    expect(readBy('gwemix', '0.10.9')).toEqual([null, null, null]);
    expect(readBy('unknown', '1.16.9')).toEqual([null, null, null]);
  });
});
