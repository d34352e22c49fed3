import { allFlags, findFlag, isKnownTo } from '@wemixvisor/passthrough/geth';
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

const gwemixReleases = Array.from({ length: 10 }, (_, patch) => `0.10.${patch}`);

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
