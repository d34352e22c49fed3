import { describe, expect, it } from 'vitest';
import { writtenFolders } from './node-folders.ts';

const paths = { home: '/var/lib/node', socketMoved: false };
const node = (file: string, args: readonly string[], flavour?: 'geth') => ({
  launch: { file, args, cwd: '/', env: { HOME: '/var/lib/node' } },
  last:
    flavour === undefined
      ? undefined
      : { file, args, cwd: '/', env: {}, node: { flavour, version: '1.17.5', raw: '1.17.5' } },
  platform: 'linux' as const,
});

describe('writtenFolders', () => {
  it('are the home, the data directory and what lies outside of it', () => {
    const args = ['--datadir', '/data', '--datadir.ancient=/cold', '--keystore', '/data/keys'];
    expect(writtenFolders(paths, node('/usr/bin/geth', args))).toEqual({
      writable: ['/var/lib/node', '/data', '/cold'],
      sharesTmp: false,
    });
  });

  it('names no folder inside another', () => {
    expect(writtenFolders(paths, node('/usr/bin/gwemix', [])).writable).toEqual(['/var/lib/node']);
    const args = ['--datadir', '/var/lib/node2'];
    expect(writtenFolders(paths, node('/usr/bin/geth', args)).writable).toHaveLength(2);
  });

  it('shares the folder for temporary files where the control socket lies there', () => {
    const moved = { ...paths, socketMoved: true };
    expect(writtenFolders(moved, node('/usr/bin/geth', ['--dev'])).sharesTmp).toBe(true);
  });

  it('are not known of another program, unless it said before that it is geth', () => {
    const unknown = { writable: null, sharesTmp: true };
    expect(writtenFolders(paths, node('/usr/bin/anvil', []))).toEqual(unknown);
    expect(
      writtenFolders(paths, node('/usr/bin/node', ['--datadir', '/d'], 'geth')).writable,
    ).toEqual(['/var/lib/node', '/d']);
  });

  it('are not known of whatever was started last', () => {
    expect(writtenFolders(paths, null)).toEqual({ writable: null, sharesTmp: true });
  });
});
