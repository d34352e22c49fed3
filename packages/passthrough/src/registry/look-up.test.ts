import { describe, expect, it } from 'vitest';
import type { ReadingContext } from '../parse/reading-context.ts';
import { validate } from '../validate/validate.ts';
import {
  allFlags,
  defaultFor,
  findFlag,
  flagOfVariable,
  isKnownTo,
  kindFor,
  newestGeth,
  newestGwemix,
  variableNames,
  wordsFor,
} from './look-up.ts';
import { compareVersions } from './release.ts';

const geth = (version: string | null) => ({ flavour: 'geth', version }) as const;

/** Every geth release from 1.9.0 on; 1.14.1 was never tagged. */
const releases = [
  ...[26, 27, 7, 3, 16, 14, 12, 10, 6].flatMap((count, series) =>
    Array.from({ length: count }, (_, patch) => `1.${series + 9}.${patch}`),
  ),
].filter((release) => release !== '1.14.1');

const own = allFlags().filter(({ builtin }) => builtin !== true);

describe('the flags of each release', () => {
  it('covers 120 releases of geth up to the newest in the data', () => {
    expect(releases).toHaveLength(120);
    expect(releases.at(-1)).toBe(newestGeth);
  });

  // Counted in the source trees of geth, apart from the data.
  it.each([
    ['1.9.0', 137],
    ['1.9.25', 164],
    ['1.10.0', 149],
    ['1.10.26', 161],
    ['1.11.0', 162],
    ['1.11.6', 169],
    ['1.12.0', 157],
    ['1.12.2', 161],
    ['1.13.0', 165],
    ['1.13.15', 165],
    ['1.14.0', 176],
    ['1.14.13', 175],
    ['1.15.0', 175],
    ['1.15.11', 179],
    ['1.16.0', 174],
    ['1.16.9', 183],
    ['1.17.0', 200],
    ['1.17.5', 194],
  ])('geth %s has %i', (version, count) => {
    expect(own.filter((flag) => isKnownTo(flag, geth(version)))).toHaveLength(count);
  });

  it.each([
    ['0.9.8', 167],
    ['0.10.9', 179],
    ['0.10.14', 179],
  ])('gwemix %s has %i', (version, count) => {
    const known = own.filter((flag) => isKnownTo(flag, { flavour: 'gwemix', version }));
    expect(known).toHaveLength(count);
  });

  it('go-wbft has 168', () => {
    const target = { flavour: 'go-wbft', version: '1.0.0' } as const;
    expect(own.filter((flag) => isKnownTo(flag, target))).toHaveLength(168);
  });

  /** The flags of a command line with all of them that a program does not have. */
  const refusedBy = (context: ReadingContext) => {
    const argv = own.map(({ name }) => `--${name}=`);
    const refused = validate(argv, context).filter(({ code }) => code === 'flag-not-in-version');
    return refused.map(({ position }) => argv[position ?? -1]);
  };

  it.each(releases)('geth %s recognises exactly its flags', (release) => {
    const foreign = own.filter(({ geth: [first, last] = ['2', '0'] }) => {
      return compareVersions(release, first) < 0 || compareVersions(release, last) > 0;
    });
    expect(refusedBy(geth(release))).toEqual(foreign.map(({ name }) => `--${name}=`));
  });

  it('gwemix recognises exactly its flags', () => {
    const foreign = own.filter(({ gwemix }) => gwemix === undefined);
    expect(refusedBy({ flavour: 'gwemix', version: newestGwemix })).toEqual(
      foreign.map(({ name }) => `--${name}=`),
    );
  });

  it('counts a release newer than the data as the newest', () => {
    expect(isKnownTo(findFlag('http')!, geth('1.18.0'))).toBe(true);
    expect(isKnownTo(findFlag('mine')!, geth('1.18.0'))).toBe(false);
    expect(isKnownTo(findFlag('hub')!, { flavour: 'gwemix', version: '0.11.0' })).toBe(true);
  });

  it('finds a flag by its alias', () => {
    expect(findFlag('discv5')?.name).toBe('discovery.v5');
    expect(findFlag('H')?.name).toBe('header');
    expect(findFlag('HTTP')).toBeUndefined();
    expect(findFlag('__proto__')).toBeUndefined();
  });
});

describe('what changed between releases', () => {
  it('knows kinds by release', () => {
    const flag = findFlag('datadir.minfreedisk')!;
    expect(kindFor(flag, geth('1.16.9'))).toBe('path');
    expect(kindFor(flag, geth('1.17.0'))).toBe('int');
    expect(kindFor(flag, { flavour: 'gwemix', version: null })).toBe('path');
    expect(kindFor(findFlag('syncmode')!, geth('1.14.11'))).toBe('text');
  });

  it('knows defaults by release and flavour', () => {
    expect(defaultFor(findFlag('cache')!, geth('1.17.1'))).toBe('1024');
    expect(defaultFor(findFlag('cache')!, geth(null))).toBe('4096');
    expect(defaultFor(findFlag('port')!, { flavour: 'gwemix', version: null })).toBe('8589');
    expect(defaultFor(findFlag('discovery.v5')!, geth('1.14.8'))).toBe('false');
    expect(defaultFor(findFlag('discovery.v5')!, geth('1.14.9'))).toBe('true');
  });

  it.each([
    ['1.9.25', ['full', 'fast', 'light']],
    ['1.10.13', ['full', 'fast', 'snap', 'light']],
    ['1.10.14', ['full', 'snap', 'light']],
    ['1.14.3', ['full', 'snap', 'light']],
    ['1.14.4', ['full', 'snap']],
  ])('knows the sync modes of geth %s', (version, words) => {
    expect(wordsFor(findFlag('syncmode')!, geth(version))).toEqual(words);
  });

  it('knows the words of the forks', () => {
    const syncmode = findFlag('syncmode')!;
    expect(wordsFor(syncmode, { flavour: 'gwemix', version: null })).toContain('light');
    expect(wordsFor(syncmode, { flavour: 'go-wbft', version: null })).toEqual(['full', 'snap']);
    expect(wordsFor(findFlag('identity')!, geth(null))).toBeUndefined();
  });
});

describe('environment variables', () => {
  it('exist from geth 1.13.1 on, with the prefix GETH_', () => {
    expect(flagOfVariable('GETH_HTTP_PORT', geth('1.13.0'))).toBeUndefined();
    expect(flagOfVariable('GETH_HTTP_PORT', geth('1.13.1'))?.name).toBe('http.port');
    expect(flagOfVariable('GETH_HTTP_PORT', { flavour: 'gwemix', version: null })).toBeUndefined();
  });

  it('have the prefix GWEMIX_ in go-wbft', () => {
    expect(flagOfVariable('GWEMIX_HTTP_PORT', { flavour: 'go-wbft', version: null })?.name).toBe(
      'http.port',
    );
  });

  it('leave out lists and floats up to 1.13.5, and one flag for ever', () => {
    expect(flagOfVariable('GETH_RPC_TXFEECAP', geth('1.13.5'))).toBeUndefined();
    expect(flagOfVariable('GETH_RPC_TXFEECAP', geth('1.13.6'))?.name).toBe('rpc.txfeecap');
    expect(variableNames(geth(null))).not.toContain('GETH_HISTORY_TRIENODE_FULL_VALUE_CHECKPOINT');
    expect(variableNames(geth('1.13.0'))).toEqual([]);
  });
});
