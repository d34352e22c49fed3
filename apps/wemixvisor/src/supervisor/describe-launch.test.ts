import { describe, expect, it } from 'vitest';
import { launchOf } from '../../test/launch-of.ts';
import type { Launch } from '../state/launch.ts';
import { describeLaunch } from './describe-launch.ts';

const described = (
  overrides: Partial<Launch>,
  rpcUrl: string | null = null,
  rpcHeaders: readonly string[] = [],
) => describeLaunch(launchOf(overrides), { rpcUrl, rpcHeaders, platform: 'linux' });

const gwemix = {
  binary: '/opt/gwemix',
  node: { flavour: 'gwemix', version: '0.10.9', raw: '0.10.9-stable' },
} as const;
const stranger = {
  binary: '/opt/anvil',
  node: { flavour: 'unknown', version: null, raw: '' },
} as const;

describe('describeLaunch', () => {
  it('finds the IPC of a geth without HTTP in its data directory', () => {
    const { endpoint, shown, facts } = described({});
    expect(endpoint).toEqual({ kind: 'ipc', path: '/data/geth.ipc' });
    expect(shown).toMatchObject({ endpoint: '/data/geth.ipc', network: 'mainnet' });
    expect(facts.dataDirectory).toBe('/data');
  });

  it('finds it in the folder for temporary files where all is in memory', () => {
    const args = ['--dev', '--ipcpath', 'own.ipc'];
    const at = (env: Readonly<Record<string, string>>) => described({ args, env }).endpoint;
    expect(at({})).toEqual({ kind: 'ipc', path: '/tmp/own.ipc' });
    expect(at({ TMPDIR: '/var/tmp' })).toEqual({ kind: 'ipc', path: '/var/tmp/own.ipc' });
  });

  it('prefers HTTP where the node offers it', () => {
    const { endpoint } = described({ args: ['--http', '--http.port', '9545'] });
    expect(endpoint).toEqual({ kind: 'http', url: 'http://127.0.0.1:9545' });
  });

  it('knows the defaults of gwemix', () => {
    expect(described({ ...gwemix, args: ['--http'] }).endpoint).toEqual({
      kind: 'http',
      url: 'http://127.0.0.1:8588',
    });
  });

  it('reads no defaults into a program that it does not know', () => {
    const { endpoint, shown } = described({ ...stranger, args: ['--block-time', '1'] });
    expect(endpoint).toBeNull();
    expect(shown).toMatchObject({
      endpoint: null,
      endpointSource: null,
      network: null,
      version: null,
    });
  });

  it("takes the operator's endpoint before that of the arguments", () => {
    const { endpoint, shown } = described({ args: ['--http'] }, 'http://127.0.0.1:1');
    expect(endpoint).toMatchObject({ kind: 'http', url: expect.stringContaining('127.0.0.1:1') });
    expect(shown.endpoint).toContain('127.0.0.1:1');
    expect(shown.endpointSource).toBe('rpc_url');
    expect(described({ args: ['--http'] }).shown.endpointSource).toBe('arguments');
    expect(described(stranger, '/run/node.ipc').endpoint).toEqual({
      kind: 'ipc',
      path: '/run/node.ipc',
    });
  });

  it.each(['ftp://host/', 'localhost:8545', 'nonsense'])('refuses %j as an endpoint', (rpcUrl) => {
    expect(() => described({}, rpcUrl)).toThrow('RPC endpoint');
  });

  it('shows neither secrets of the arguments nor a password in the endpoint', () => {
    const key = 'cafe0123'.repeat(8);
    const { shown } = described(
      { args: ['--nodekeyhex', key, '--http'] },
      'http://op:pa55word@127.0.0.1:8545',
    );
    expect(JSON.stringify(shown)).not.toContain(key);
    expect(JSON.stringify(shown)).not.toContain('pa55word');
    expect(shown.args).toHaveLength(3);
  });

  it('reads paths from the folder and the home that the node has', () => {
    expect(described({ args: ['--datadir', 'here'], cwd: '/srv' }).facts.dataDirectory).toBe(
      '/srv/here',
    );
    expect(described({ args: [] }).facts.dataDirectory).toBe('/home/op/.ethereum');
  });

  it('shows the environment by name only', () => {
    const { shown } = described({ ...gwemix, env: { TOKEN: 'secret', HOME: '/root' } });
    expect(shown.environment).toEqual(['HOME', 'TOKEN']);
    expect(JSON.stringify(shown)).not.toContain('secret');
  });

  it('sends the headers of --rpc-url there, and shows none of them', () => {
    const { endpoint, shown } = described({}, 'https://rpc.example/v1', [
      'Authorization: Bearer a:b',
      'X-Api-Key:k',
    ]);
    expect(endpoint).toEqual({
      kind: 'http',
      url: 'https://rpc.example/v1',
      headers: { authorization: 'Bearer a:b', 'x-api-key': 'k' },
    });
    expect(JSON.stringify(shown)).not.toContain('Bearer');
  });
});
