import { describe, expect, it } from 'vitest';
import { deriveMinimumFreeDisk } from './minimum-free-disk.ts';
import { readConfiguration } from '../parse/read-configuration.ts';
import type { Flavour } from '../node-version.ts';

const megabytes = (argv: readonly string[], version: string, flavour: Flavour = 'geth') => {
  const bytes = deriveMinimumFreeDisk(readConfiguration(argv, { flavour, version }));
  return bytes === null ? null : bytes / 1024 / 1024;
};

describe('the free-disk limit', () => {
  it.each([
    [[], '1.9.25', 0],
    [['--sepolia'], '1.10.17', 256],
    [['--sepolia'], '1.10.18', 512],
    [[], '1.17.2', 512],
    [['--cache=1000'], '1.17.5', 500],
    [['--cache=1000'], '1.10.17', 250],
    [['--cache=1000', '--cache.gc=50'], '1.17.5', 1000],
    [['--cache.gc=50'], '1.17.5', 4096],
    [['--datadir.minfreedisk=100', '--cache=9'], '1.17.5', 100],
    [['--datadir.minfreedisk=0'], '1.17.5', 0],
    [['--datadir.minfreedisk=2GB'], '1.16.9', 0],
    [['--datadir.minfreedisk', '0x10'], '1.16.9', 16],
  ])('with %j in geth %s is %i MB', (argv, version, expected) => {
    expect(megabytes(argv, version)).toBe(expected);
  });

  it('follows the cache that the main network gets before 1.17.2', () => {
    expect(megabytes([], '1.17.1')).toBe(2048);
    expect(megabytes(['--networkid=1'], '1.17.1')).toBe(512);
    expect(megabytes(['--dev'], '1.17.1')).toBe(512);
    expect(megabytes([], '0.10.9', 'gwemix')).toBe(2048);
  });

  it('follows the small cache of a light client', () => {
    expect(megabytes(['--syncmode=light'], '1.13.0')).toBe(64);
  });

  it('is not known where the value ends the start, or for an unknown program', () => {
    expect(megabytes(['--datadir.minfreedisk=2GB'], '1.17.5')).toBeNull();
    expect(megabytes([], '1.0.0', 'unknown')).toBeNull();
  });
});
