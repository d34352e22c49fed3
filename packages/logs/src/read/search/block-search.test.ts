import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchOver, type SearchStart } from './block-search.ts';
import { lineSearch } from './line-search.ts';
import { compilePattern } from './pattern.ts';
import { lineEnd, lineStart } from '../record/record-boundaries.ts';

const line = fc.constantFrom('peers=2', 'peers=13 µs', 'nopeers', 'peer', 'µ', 'PEERS=2', '');
const bytesOf = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', '\n'))
  .map(([lines, end]) => Buffer.from(lines.join('\n') + end));
const pattern = fc
  .constantFrom(
    'peers',
    'peers=[0-9]+',
    '^peer$',
    '^$',
    '$',
    'x*',
    's=1|µs',
    'eer?s=',
    'EER',
    'µ',
    '.µ',
    '[^p]eer',
    '[A-S]{4,}',
    '[e-s]{5}=',
  )
  .chain((source) => fc.boolean().map((ignoreCase) => compilePattern(source, { ignoreCase })));

/** Where the lines with a match begin. */
function linesFound(start: SearchStart, bytes: Buffer): readonly number[] {
  const next = start(bytes);
  const found: number[] = [];
  for (let from = 0; from < bytes.length;) {
    const hit = next?.(from) ?? -1;
    // Behind the last newline no line begins.
    if (hit < 0 || (hit >= bytes.length && bytes.at(-1) === 0x0a)) break;
    const at = Math.min(hit, bytes.length - 1);
    found.push(lineStart(bytes, from, at));
    from = lineEnd(bytes, at, bytes.length);
  }
  return found;
}

/** Where the lines begin that match by themselves. */
function linesThatMatch(wanted: RegExp, bytes: Buffer): readonly number[] {
  const found: number[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = lineEnd(bytes, from, bytes.length);
    const line = bytes.toString('utf8', from, end).replace(/\n$/, '');
    if (wanted.test(line)) found.push(from);
    from = end;
  }
  return found;
}

describe('searchOver', () => {
  it('finds the lines that match by themselves, whatever the pieces are, by bytes and by text', () => {
    fc.assert(
      fc.property(bytesOf, pattern, fc.integer({ min: 1, max: 20 }), (bytes, wanted, piece) => {
        const expected = linesThatMatch(wanted, bytes);
        const inPieces = searchOver(wanted, lineSearch(wanted, piece), piece);
        const atOnce = searchOver(wanted);
        // The second time it is known whether there are many.
        for (let time = 0; time < 2; time += 1) {
          expect(linesFound(inPieces, bytes)).toEqual(expected);
          expect(linesFound(atOnce, bytes)).toEqual(expected);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('finds them in one block after another, however much these differ', () => {
    fc.assert(
      fc.property(
        fc.array(bytesOf, { minLength: 40, maxLength: 40 }),
        pattern,
        (blocks, wanted) => {
          const search = searchOver(wanted);
          for (const bytes of blocks) {
            expect(linesFound(search, bytes)).toEqual(linesThatMatch(wanted, bytes));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('judges anew what is rare where it was wrong, and stays with it where it was right', () => {
    const pattern = compilePattern('number=24.*peers=13');
    const search = searchOver(pattern);
    const rare = Buffer.from('number=24 peers=12\n'.repeat(500) + 'number=24 peers=13\n');
    const turned = Buffer.from('number=23 peers=13\n'.repeat(500) + 'number=24 peers=13\n');
    for (const bytes of [rare, ...Array.from({ length: 40 }, () => turned), rare]) {
      expect(linesFound(search, bytes)).toEqual([9500]);
    }
  });

  it('searches text that is longer than a piece to its end', () => {
    const bytes = Buffer.from(`${'INFO one of many lines\n'.repeat(20_000)}WARN the last one\n`);
    const search = searchOver(compilePattern('info|warn the', { ignoreCase: true }));
    expect(linesFound(search, bytes)).toHaveLength(20_001);
  });
});
