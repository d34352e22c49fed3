import { allFlags, findFlag, isKnownTo, validate } from '@wemixvisor/passthrough/geth';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gethReleases } from './compatibility.mjs';

interface CollectedFlag {
  readonly name: string;
  readonly releases: {
    readonly gethTags: readonly [string, string] | null;
    readonly gwemixTags: readonly [string, string] | null;
    readonly goWbft: boolean;
  };
}

const collected = JSON.parse(
  readFileSync(new URL('data/flags.json', import.meta.url), 'utf8'),
) as readonly CollectedFlag[];

const gwemixReleases = Array.from({ length: 15 }, (_, patch) => `0.10.${patch}`);

/** The releases between two tags, by their place in the list rather than by comparing numbers. */
const between = (releases: readonly string[], tags: readonly [string, string] | null) => {
  if (tags === null) return [];
  const [first, last] = tags.map((tag) => releases.indexOf(tag.replace(/^w/, '')));
  return releases.slice(Math.max(first ?? 0, 0), (last ?? 0) + 1);
};

describe('the registry', () => {
  it('holds every collected flag, and no other', () => {
    expect(allFlags().map(({ name }) => name)).toEqual(collected.map(({ name }) => name));
  });

  it.each(collected)('knows --$name in exactly its releases', ({ name, releases }) => {
    const flag = findFlag(name);
    if (flag === undefined) throw new Error(`--${name} is missing`);
    const knownTo = (flavour: 'geth' | 'gwemix', all: readonly string[]) =>
      all.filter((version) => isKnownTo(flag, { flavour, version }));
    expect(knownTo('geth', gethReleases)).toEqual(between(gethReleases, releases.gethTags));
    expect(knownTo('gwemix', gwemixReleases)).toEqual(between(gwemixReleases, releases.gwemixTags));
    expect(isKnownTo(flag, { flavour: 'go-wbft', version: null })).toBe(releases.goWbft);
  });
});

interface CollectedKey {
  readonly table: string;
  readonly name: string;
  readonly geth?: readonly [string, string];
}

describe('the keys of the configuration file', () => {
  const keys = JSON.parse(
    readFileSync(new URL('data/config-keys.json', import.meta.url), 'utf8'),
  ) as readonly CollectedKey[];

  it('are in a table that is a key itself', () => {
    const paths = keys.map(({ table, name }) => (table === '' ? name : `${table}.${name}`));
    const tables = new Set(keys.map(({ table }) => table).filter((table) => table !== ''));
    expect([...tables].filter((table) => !paths.includes(table))).toEqual([]);
  });

  it('are accepted together in each release that has them', () => {
    for (const version of gethReleases) {
      const known = keys.filter(({ geth = null }) => between(gethReleases, geth).includes(version));
      const values = known.filter(
        ({ table, name }) =>
          !known.some((key) => key.table === (table === '' ? name : `${table}.${name}`)),
      );
      const toml = values.map(({ table, name }) =>
        table === '' ? `${name}.x = 1` : `${table}.${name} = 1`,
      );
      const context = {
        flavour: 'geth',
        version,
        cwd: '/',
        readFile: () => toml.join('\n'),
      } as const;
      expect(values.length).toBeGreaterThan(60);
      expect(
        validate(['--config', 'c.toml'], context).filter(
          ({ code }) => code === 'unknown-config-key',
        ),
      ).toEqual([]);
    }
  });
});
