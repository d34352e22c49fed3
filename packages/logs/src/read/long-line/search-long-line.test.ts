import { describe, expect, it } from 'vitest';
import { compilePattern } from '../pattern.ts';
import { searchLongLine } from './search-long-line.ts';

const filler = 'c0ffee '.repeat(100_000);
const pieceLength = 10_000;

function isIn(pattern: RegExp, line: string): boolean {
  const bytes = Buffer.from(line);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, at) =>
    bytes.subarray(at * pieceLength, (at + 1) * pieceLength),
  );
  return searchLongLine(pattern)(pieces);
}

describe('searchLongLine', () => {
  it.each([
    ['a literal', 'WARN peers', [false, true, false]],
    ['what is near', 'peers=\\d{1,3}', [false, true, true]],
    ['what is far apart', '^WARN.*peers=\\d+$', [false, false, true]],
    ['what must not stand ahead', '^(?=WARN)(?!.*peers)', [true, false, false]],
    // A quadratic time for the engine of the system.
    ['what stands far behind', '(?<=^WARN .*)peers', [false, true, true]],
    ['what is referred to', '(.)eers=\\d+ \\1', [false, true, false]],
  ])('finds %s', (_, pattern, found) => {
    const lines = [`WARN ${filler}`, `WARN peers=13 p${filler}`, `WARN ${filler} peers=13`];
    expect(lines.map((line) => isIn(compilePattern(pattern), line))).toEqual(found);
  });

  it('finds what is referred to from near only', () => {
    const near = `x${'c0ffee '.repeat(1000)}x`;
    const far = `x${filler}x`;
    const compiled = compilePattern('(x).*\\1');
    expect(isIn(compiled, filler + near + filler)).toBe(true);
    expect(isIn(compiled, filler + far + filler)).toBe(false);
  });
});
