import fc from 'fast-check';
import { expect, it } from 'vitest';
import { levels, type Level } from '../../format/level.ts';
import { isSurelyBelow } from '../../format/quick-level.ts';
import { recordsIn } from './record-boundaries.ts';
import { severeRecords } from './severe-records.ts';

const line = fc.constantFrom(
  'INFO [03-04|09:15:02.118] Imported',
  'WARN [03-04|09:15:02.118] slow',
  'ERROR[03-04|09:15:02.118] broken',
  'DEBUG[03-04|09:15:02.118] x',
  'TRACE[03-0',
  '\u001b[32mINFO \u001b[0m[03-04|09:15:02.118] in green',
  'information',
  'Fatal: x',
  'panic: boom',
  '  indented',
  '{"t":"2026-03-04T09:15:02Z","lvl":"info","msg":"x"}',
  't=2026-03-04T09:15:02+0000 lvl=info msg=x',
  '',
);

it('gives the records that are not surely below a level, with the lines that continue them', () => {
  const log = fc.tuple(
    fc.array(line, { maxLength: 20 }),
    fc.constantFrom('', '\n', 'INFO [03-04|'),
  );
  fc.assert(
    fc.property(log, fc.constantFrom(...levels), ([lines, end], level) => {
      const bytes = Buffer.from(`before\n${lines.join('\n')}${end}`);
      const start = 7;
      const found = severeRecords(level)(bytes, start, bytes.length);
      expect(severe(bytes, level, found)).toEqual(
        severe(bytes, level, recordsIn(bytes, start, bytes.length)),
      );
    }),
    { numRuns: 500 },
  );
});

it('leaves out what the level leaves out', () => {
  const text = 'INFO [03-04|09:15:02.118] a\n  b\nWARN [03-04|09:15:02.118] c\nd\n';
  const found = severeRecords('warn')(Buffer.from(text), 0, text.length);
  expect(found).toEqual([32, text.length]);
  expect(severeRecords('info')(Buffer.from(text), 0, text.length)).toEqual([
    0,
    32,
    32,
    text.length,
  ]);
});

/** The records among some that may be severe enough. */
function severe(bytes: Buffer, level: Level, edges: readonly number[]): readonly string[] {
  return edges.flatMap((from, at) => {
    const to = edges[at + 1] ?? 0;
    if (at % 2 === 1 || isSurelyBelow(level, bytes, from, to)) return [];
    return `${from} ${bytes.toString('utf8', from, to)}`;
  });
}
