import { describe, expect, it } from 'vitest';
import { compareReleases } from './compare-releases.ts';

const geth = (version: string) => ({ flavour: 'geth', version }) as const;

it('finds what only the next release makes of a command line', () => {
  const argv = ['--txlookuplimit', '5', '--http', 'no', '--nousb'];
  const { findings } = compareReleases(argv, geth('1.13.15'), geth('1.17.5'));
  expect(findings.map(({ code, flag }) => [code, flag])).toEqual([
    ['flag-not-in-version', 'txlookuplimit'],
    ['flag-not-in-version', 'nousb'],
  ]);
  expect(compareReleases(argv, geth('1.17.5'), geth('1.17.5'))).toEqual({
    findings: [],
    defaults: [],
    data: [],
  });
});

it('names the defaults that a command line gets with the next release and did not choose', () => {
  const { defaults } = compareReleases([], geth('1.13.15'), geth('1.17.5'));
  expect(defaults).toContainEqual({ flag: 'cache', from: '1024', to: '4096' });
  const chosen = compareReleases(['--cache', '1024'], geth('1.13.15'), geth('1.17.5'));
  expect(chosen.defaults.map(({ flag }) => flag)).not.toContain('cache');
  expect(chosen.defaults).toHaveLength(defaults.length - 1);
});

describe('what the next release writes that the last one cannot go on with', () => {
  it.each([
    ['1.13.15', '1.13.15', ''],
    ['1.13.15', '1.14.0', '1.14.0'],
    ['1.14.13', '1.15.0', '1.15.0!'],
    ['1.13.15', '1.17.5', '1.14.0 1.15.0! 1.15.6'],
    ['1.12.2', '1.17.5', '1.14.0 1.15.0! 1.15.6 1.17.5!'],
    ['1.12.2', '1.13.15', ''],
    ['1.15.0', '1.17.5', '1.15.6'],
    ['1.16.9-stable', '1.17.5-stable', ''],
    ['1.17.5', '1.13.15', ''],
  ])('from %s to %s: %s', (from, to, expected) => {
    const { data } = compareReleases([], geth(from), geth(to));
    const words = data.map(({ since, loses }) => `${since}${loses === null ? '!' : ''}`);
    expect(words.join(' ')).toBe(expected);
  });

  it('is not known of other programs', () => {
    const gwemix = { flavour: 'gwemix', version: '0.10.9' } as const;
    expect(compareReleases([], gwemix, geth('1.17.5')).data).toEqual([]);
    expect(compareReleases([], geth('1.13.15'), gwemix).data).toEqual([]);
    expect(compareReleases([], { flavour: 'geth' }, geth('1.17.5')).data).toEqual([]);
  });
});
