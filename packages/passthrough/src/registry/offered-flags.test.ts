import { describe, expect, it } from 'vitest';
import { offeredFlags } from './offered-flags.ts';

const valuesIn = (version: string | null, flavour: 'geth' | 'gwemix' | 'go-wbft' = 'geth') => {
  const offered = offeredFlags({ flavour, version });
  return Object.fromEntries(offered.map(({ names, values }) => [names[0] ?? '', values]));
};

describe('offeredFlags', () => {
  it('knows the words, paths and switches of a release', () => {
    expect(valuesIn('1.17.5')).toMatchObject({
      syncmode: ['full', 'snap'],
      gcmode: ['full', 'archive'],
      verbosity: ['0', '1', '2', '3', '4', '5'],
      datadir: 'path',
      config: 'path',
      http: null,
      'http.port': 'anything',
    });
    expect(valuesIn('1.9.25')['syncmode']).toContain('fast');
  });

  it('has what the release has, and nothing that is deprecated in it', () => {
    expect(Object.keys(valuesIn('1.17.5'))).not.toContain('rpc');
    expect(Object.keys(valuesIn('1.9.9'))).toContain('rpc');
    expect(Object.keys(valuesIn('1.17.5'))).not.toContain('help');
    expect(Object.keys(valuesIn('1.17.5'))).not.toContain('blocksperturn');
    expect(Object.keys(valuesIn('0.10.9', 'gwemix'))).toContain('blocksperturn');
    expect(Object.keys(valuesIn('1.0.0', 'go-wbft'))).toContain('datadir');
  });

  it('offers nothing of a program that it does not know', () => {
    expect(offeredFlags({ flavour: 'unknown', version: null })).toEqual([]);
  });

  it('takes no version for the newest one', () => {
    expect(Object.keys(valuesIn(null))).toEqual(Object.keys(valuesIn('1.17.5')));
  });
});
