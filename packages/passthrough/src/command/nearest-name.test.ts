import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagNames } from '../registry/look-up.ts';
import { nearestName } from './nearest-name.ts';

const known = flagNames();
const name = fc.constantFrom(...known.filter(({ length }) => length > 3));

describe('nearestName', () => {
  it.each([
    ['http.prot', 'http.port'],
    ['datdir', 'datadir'],
    ['HTTP.PORT', 'http.port'],
    ['syncm', 'syncmode'],
    ['http.', 'http'],
    ['xyzzy-plugh', undefined],
    ['', undefined],
    ['h'.repeat(101), undefined],
  ])('answers %j among the flags of the node by %j', (typed, nearest) => {
    expect(nearestName(typed, known)).toBe(nearest);
  });

  it("has an answer for two letters in each other's place, wherever they are", () => {
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(name, place, (word, share) => {
        const at = Math.floor(share * (word.length - 1));
        const [one = '', other = ''] = word.slice(at, at + 2);
        const typed = `${word.slice(0, at)}${other}${one}${word.slice(at + 2)}`;
        expect(nearestName(typed, [word])).toBe(word);
        expect(nearestName(typed, known)).toBeDefined();
      }),
    );
  });

  it('takes the beginning of one name alone for that name', () => {
    fc.assert(
      fc.property(name, fc.nat({ max: 50 }), (word, cut) => {
        const typed = word.slice(0, Math.max(3, word.length - cut));
        const begun = known.filter((each) => each.startsWith(typed));
        fc.pre(begun.length === 1);
        expect(nearestName(typed, known)).toBe(word);
      }),
    );
  });
});
