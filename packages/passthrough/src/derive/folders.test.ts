import { describe, expect, it } from 'vitest';
import { deriveNodeFacts } from './derive-node-facts.ts';

const folders = (argv: readonly string[], toml = '') =>
  deriveNodeFacts(toml === '' ? argv : ['--config', 'c.toml', ...argv], {
    flavour: 'geth',
    version: '1.13.15',
    cwd: '/srv',
    homeDirectory: '/home/op',
    platform: 'linux',
    env: {},
    readFile: () => toml,
  }).folders;

describe('the folders outside the data directory', () => {
  it('are none where all is in it', () => {
    expect(folders([])).toEqual([]);
    expect(folders(['--datadir', '/d', '--datadir.ancient', 'old', '--keystore=/d/keys'])).toEqual(
      [],
    );
    expect(folders(['--datadir', '/d/', '--ipcpath', '/d/x.ipc'])).toEqual([]);
  });

  it('are named by flags, and those for files by their folder', () => {
    expect(
      folders([
        ...['--datadir', '/d', '--datadir.ancient', '/cold/old/', '--keystore', 'keys'],
        ...[
          '--log.file',
          '/var/log/geth/g.log',
          '--ipcpath',
          '/run/geth/g.ipc',
          '--ethash.dagdir=/dag',
        ],
      ]),
    ).toEqual(['/cold/old', '/srv/keys', '/dag', '/var/log/geth', '/run/geth']);
  });

  it('are named by the TOML file, and by the flag where both name one', () => {
    const toml = '[Eth]\nDatabaseFreezer = "/cold"\n[Node]\nKeyStoreDir = "/keys"\n';
    expect(folders(['--datadir', '/d'], toml)).toEqual(['/cold', '/keys']);
    expect(folders(['--datadir', '/d', '--keystore', '/k'], toml)).toEqual(['/cold', '/k']);
  });

  it('are not confused by a name that begins alike', () => {
    expect(folders(['--datadir', '/d', '--keystore', '/data'])).toEqual(['/data']);
  });
});
