import { describe, expect, it } from 'vitest';
import type { ReadingContext } from '../parse/reading-context.ts';
import { deriveListeners } from './listeners.ts';
import { readConfiguration } from '../parse/read-configuration.ts';

const listeners = (argv: readonly string[], context: ReadingContext = {}) =>
  deriveListeners(readConfiguration(argv, { flavour: 'geth', version: '1.17.5', ...context })).map(
    ({ name, host, port, protocol }) => `${name} ${protocol} ${host}:${port}`,
  );

const toml = (text: string): ReadingContext => ({ readFile: () => text });
const gwemix: ReadingContext = { flavour: 'gwemix', version: '0.10.9' };

describe('the ports of a node', () => {
  it('are P2P, discovery and the Engine API by default', () => {
    expect(listeners([])).toEqual([
      'p2p tcp 0.0.0.0:30303',
      'discovery udp 0.0.0.0:30303',
      'authrpc tcp localhost:8551',
    ]);
  });

  it('are 8589 for gwemix, which opens no Engine API', () => {
    expect(listeners([], gwemix)).toEqual(['p2p tcp 0.0.0.0:8589', 'discovery udp 0.0.0.0:8589']);
  });

  it('are those of etcd too for a member that has joined the others', () => {
    const certificate = '/data/etcd/fixtures/peer/cert.pem';
    const readFile = (path: string) => {
      if (path !== certificate) throw new Error(path);
      return '';
    };
    const argv = ['--datadir', '/data', '--nodiscover', '--port', '9000'];
    expect(listeners(argv, { ...gwemix, readFile })).toEqual([
      'p2p tcp 0.0.0.0:9000',
      'etcd tcp 0.0.0.0:9001',
      'etcd client tcp localhost:9002',
    ]);
    expect(listeners(argv, gwemix)).toEqual(['p2p tcp 0.0.0.0:9000']);
    expect(
      listeners(['--datadir=/data', '--port=0', '--nodiscover'], { ...gwemix, readFile }),
    ).toEqual([]);
    expect(listeners(argv, { readFile })).not.toContain('etcd tcp 0.0.0.0:9001');
  });

  it('hold the Engine API from 1.10.21 on, and in go-wbft', () => {
    expect(listeners(['--nodiscover'], { version: '1.10.20' })).toEqual(['p2p tcp 0.0.0.0:30303']);
    expect(listeners([], { version: '1.10.21' })).toContain('authrpc tcp localhost:8551');
    expect(listeners([], { flavour: 'go-wbft' })).toContain('authrpc tcp localhost:8551');
  });

  it('hold no discovery where it is switched off', () => {
    for (const argv of [['--nodiscover'], ['--discovery.v4=false', '--discovery.v5=false']]) {
      expect(listeners(argv)).not.toContain('discovery udp 0.0.0.0:30303');
    }
  });

  it('follow --port and --discovery.port', () => {
    expect(listeners(['--port=1', '--discovery.port=2']).slice(0, 2)).toEqual([
      'p2p tcp 0.0.0.0:1',
      'discovery udp 0.0.0.0:2',
    ]);
  });

  it('hold no P2P for --dev', () => {
    expect(listeners(['--dev'], { version: '1.12.2' })).toEqual(['authrpc tcp localhost:8551']);
  });

  it('hold no Engine API for --dev from geth 1.13 on, which drives its chain itself', () => {
    expect(listeners(['--dev'], { version: '1.13.0' })).toEqual([]);
    expect(listeners(['--dev'], { flavour: 'go-wbft' })).toEqual(['authrpc tcp localhost:8551']);
  });

  it('leave out a port that the system picks', () => {
    expect(listeners(['--port=0', '--http', '--http.port=0'])).toEqual([
      'authrpc tcp localhost:8551',
    ]);
  });

  it('follow the TOML file', () => {
    const file = `
[Node]
HTTPHost = "10.0.0.1"
HTTPPort = 1
WSHost = "::1"
WSPort = 2
AuthAddr = "10.0.0.2"
AuthPort = 3
[Node.P2P]
ListenAddr = "[::1]:4"
NoDiscovery = true
[Metrics]
Enabled = true
HTTP = "10.0.0.3"
Port = 5
`;
    expect(listeners(['--config=c'], toml(file))).toEqual([
      'p2p tcp ::1:4',
      'http tcp 10.0.0.1:1',
      'ws tcp ::1:2',
      'authrpc tcp 10.0.0.2:3',
      'metrics tcp 10.0.0.3:5',
    ]);
    expect(
      listeners(['--config=c', '--nodiscover=false', '--port=9'], toml(file)).slice(0, 2),
    ).toEqual(['p2p tcp 0.0.0.0:9', 'discovery udp 0.0.0.0:9']);
  });

  it('take the discovery address of the TOML file', () => {
    const file = '[Node.P2P]\nListenAddr = ":7"\nDiscAddr = ":8"\n';
    expect(listeners(['--config=c'], toml(file)).slice(0, 2)).toEqual([
      'p2p tcp 0.0.0.0:7',
      'discovery udp 0.0.0.0:8',
    ]);
  });

  it('hold metrics only with an address, and profiles with --pprof', () => {
    expect(listeners(['--metrics', '--port=0'])).toEqual(['authrpc tcp localhost:8551']);
    expect(
      listeners(['--metrics', '--metrics.addr=127.0.0.1', '--metrics.port=6061', '--pprof']),
    ).toEqual(expect.arrayContaining(['metrics tcp 127.0.0.1:6061', 'pprof tcp 127.0.0.1:6060']));
  });

  it('hold a GraphQL server of its own up to 1.9.18', () => {
    expect(listeners(['--graphql'], { version: '1.9.18' })).toContain('graphql tcp 127.0.0.1:8547');
    expect(listeners(['--graphql'], { version: '1.9.19' }).join()).not.toContain('graphql');
  });

  it('are only what the arguments say for an unknown program', () => {
    expect(listeners([], { flavour: 'unknown' })).toEqual([]);
    expect(listeners(['--port', '5'], { flavour: 'unknown' })).toEqual([
      'p2p tcp 0.0.0.0:5',
      'discovery udp 0.0.0.0:5',
    ]);
  });
});
