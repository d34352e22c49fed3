import { expect, it } from 'vitest';
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
  });
});

it('names the defaults that a command line gets with the next release and did not choose', () => {
  const { defaults } = compareReleases([], geth('1.13.15'), geth('1.17.5'));
  expect(defaults).toContainEqual({ flag: 'cache', from: '1024', to: '4096' });
  const chosen = compareReleases(['--cache', '1024'], geth('1.13.15'), geth('1.17.5'));
  expect(chosen.defaults.map(({ flag }) => flag)).not.toContain('cache');
  expect(chosen.defaults).toHaveLength(defaults.length - 1);
});
