import { describe, expect, it } from 'vitest';
import { renderFacts, renderProblems } from './examination.ts';

const none = {
  endpoint: null,
  endpoints: { http: null, ws: null, ipc: null },
  dataDirectory: null,
  network: null,
  ports: [],
  minimumFreeDiskBytes: null,
} as unknown as Parameters<typeof renderFacts>[2];

describe('renderFacts', () => {
  it('shows what a command line says', () => {
    const facts = {
      ...none,
      endpoints: {
        http: { kind: 'http', url: 'http://127.0.0.1:8545' },
        ws: { kind: 'ws', url: 'ws://127.0.0.1:8546' },
        ipc: { kind: 'ipc', path: '/data/geth.ipc' },
      },
      dataDirectory: '/data',
      network: 'mainnet',
      ports: [
        { name: 'p2p', port: 30303, protocol: 'tcp' },
        { name: 'discovery', port: 30303, protocol: 'udp' },
        { name: 'authrpc', port: 8551, protocol: 'tcp', host: 'localhost' },
      ],
      minimumFreeDiskBytes: 2.5 * 1024 ** 2,
    } as unknown as typeof none;
    const node = { flavour: 'geth', raw: '1.16.9-stable' } as Parameters<typeof renderFacts>[1];
    expect(renderFacts('/bin/geth', node, facts)).toBe(`Program:     /bin/geth
Client:      geth 1.16.9-stable
Network:     mainnet
Data:        /data
HTTP:        http://127.0.0.1:8545
WebSocket:   ws://127.0.0.1:8546
IPC:         /data/geth.ipc
Ports:       p2p 30303/tcp, discovery 30303/udp, authrpc 8551/tcp
Disk limit:  2.5 MiB
Needs:       a consensus client at localhost:8551 (Engine API)
`);
    const last = (changes: object) =>
      renderFacts('/bin/geth', node, { ...facts, ...changes })
        .split('\n')
        .at(-2);
    expect(last({ network: 'network 4711' })).toBe('Needs:       -');
    expect(last({ ports: [] })).toBe('Needs:       -');
  });

  it('shows a dash for what is not known', () => {
    const node = { flavour: 'unknown', raw: '' } as Parameters<typeof renderFacts>[1];
    const lines = renderFacts('/bin/node', node, none).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'Program:     /bin/node',
      'Client:      unknown',
      'Network:     -',
    ]);
    expect(lines.slice(2, -1).every((line) => line.endsWith(' -'))).toBe(true);
  });
});

describe('renderProblems', () => {
  it('shows each problem with its remedy', () => {
    const problem = { message: 'port 30303 is in use', remedy: 'stop the other node' };
    expect(
      renderProblems([
        { check: 'ports', severity: 'error', ...problem },
        { check: 'disk', severity: 'warning', message: 'low', remedy: 'free some' },
      ]),
    ).toBe(
      'error: ports: port 30303 is in use\n  stop the other node\nwarning: disk: low\n  free some\n',
    );
    expect(renderProblems([])).toBe('');
  });
});
