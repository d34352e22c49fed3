import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecordParts } from './record-parts.ts';
import { createAlikeScan } from './scan-alike.ts';
import { clearParts } from './record-parts.ts';
import { firstKey, scanPairs } from './scan-pairs.ts';

/** What is found the long way; null for a line that is not plain. */
function longWay(line: string) {
  const bytes = Buffer.from(`<<${line}\n`);
  const end = bytes.length - 1;
  const parts = createRecordParts();
  clearParts(parts, 'terminal', 2);
  const keyAt = firstKey(bytes, 2, end);
  if (keyAt < 0 || keyAt === end) return null;
  parts.messageTo = bytes.subarray(0, keyAt).toString().trimEnd().length;
  const isRead = scanPairs(bytes, parts.messageTo, end, parts) && parts.isPlain;
  return isRead ? { bytes, end, parts } : null;
}

const told = ({ fields, count, ...others }: ReturnType<typeof createRecordParts>) => ({
  ...others,
  // Only the short way knows it.
  shape: 0,
  fields: [...fields.subarray(0, count * 5)],
});

/** What the short way finds in a line, having learnt another; null where it finds nothing. */
function shortWay(learnt: string, line: string, learntLater = learnt) {
  const scan = createAlikeScan();
  for (const each of [learnt, learntLater]) {
    const known = longWay(each);
    if (known !== null) scan.learn(known.bytes, 2, known.parts);
  }
  // What follows in the block goes on as a line like it would.
  const bytes = Buffer.from(`<<${line}\n hash=1 txs=2`);
  const parts = createRecordParts();
  clearParts(parts, 'terminal', 2);
  // Nothing is left of another line.
  parts.fields.fill(7);
  return scan.read(bytes, 2, 2 + Buffer.byteLength(line), parts) ? told(parts) : null;
}

const known = 'Imported new chain segment   number=1 hash=a..b txs=3';

describe('the scan of a line like the one before', () => {
  it.each([
    known,
    'Imported new chain segment   number=24,583,127 hash=a..b   txs=3',
    'Imported new chain segment   number= hash=a=b txs=3  ',
  ])('finds in %s what the long way finds', (line) => {
    const expected = longWay(line);
    expect(expected).not.toBeNull();
    expect(shortWay(known, line)).toEqual(expected && told(expected.parts));
  });

  it.each([
    'Imported new chain segment   number=1 hash=a..b txs=3 and',
    'Imported new chain segment   number=1 hash=a..b txs=3 err=4',
    'Imported new chain segment   number=1 hash=a..b txss=3',
    'Imported new chain segment   number=1 hash=a..b tx=3',
    'Imported new chain segment   number=1 hash=a..b',
    'Imported new chain segment   number=1hash=a..b txs=3',
    'Imported new chain segment   number="1" hash=a..b txs=3',
    'Imported new chain segment   number=µ hash=a..b txs=3',
    'Imported new chain segment   number=1 hash=a..b txs="',
    'Imported new chain segments  number=1 hash=a..b txs=3',
    'Imported old chain segment   number=1 hash=a..b txs=3',
    'Imported new chain segment',
    '',
  ])('leaves %s to the long way', (line) => {
    expect(shortWay(known, line)).toBeNull();
  });

  it('has learnt nothing at first, nor of a line with more than it remembers', () => {
    expect(shortWay('', '')).toBeNull();
    const long = `Imported ${'x'.repeat(1100)}=1`;
    expect(longWay(long)).not.toBeNull();
    expect(shortWay(long, long)).toBeNull();
    expect(shortWay(known, known, long)).toBeNull();
  });

  it('finds nothing else, whatever it has learnt', () => {
    const value = fc.constantFrom('', '1', '24,583,127', 'a=b', '"', '"x"', 'µs', 'x y');
    const blank = fc.constantFrom(' ', '   ');
    const line = fc
      .tuple(
        fc.constantFrom('Imported', 'Imported new chain segment'),
        fc.array(fc.tuple(blank, fc.constantFrom('number', 'hash'), value), { maxLength: 3 }),
      )
      .map(
        ([message, pairs]) => message + pairs.map(([to, key, is]) => `${to}${key}=${is}`).join(''),
      );
    fc.assert(
      fc.property(line, line, (learnt, other) => {
        const found = shortWay(learnt, other);
        const expected = longWay(other);
        if (found !== null) expect(found).toEqual(expected && told(expected.parts));
        const itself = longWay(learnt);
        if (itself !== null && !learnt.includes('x y'))
          expect(shortWay(learnt, learnt)).toEqual(told(itself.parts));
      }),
      { numRuns: 1000 },
    );
  });
});
