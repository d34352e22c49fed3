import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../../format/parse-log-line.ts';
import { filesOf } from '../../layout.ts';
import type { Filter } from './filter.ts';
import type { TimeLookup } from './time-lookup.ts';
import type { OpenLog } from '../open/open-log.ts';
import { compilePattern } from '../search/pattern.ts';
import type { LogRecord } from '../record/log-record.ts';
import { compileWhere } from '../../where/compile-where.ts';
import { recordsIn } from '../record/record-boundaries.ts';
import { createScanner } from './scan.ts';

const log: OpenLog = {
  parse: undefined,
  parts: [],
  files: filesOf('.', 'node'),
  size: 0,
  read: () => 0,
  close: () => undefined,
};
const never = (): never => {
  throw new Error('no time is asked for');
};
const timeLookup: TimeLookup = { since: never, until: never, capturedAt: () => null };
const all: Filter = {
  since: null,
  until: null,
  grep: null,
  invert: false,
  level: null,
  tests: [],
  context: null,
};

const line = fc.constantFrom(
  'INFO [03-04|09:15:02.118] Imported peers=2 elapsed=12.5ms',
  'WARN [03-04|09:15:02.118] slow elapsed=12.5µs',
  'a part of the message before peers=3',
  '{"t":"2026-03-04T09:15:02Z","lvl":"error","msg":"𝄞 peers=4"}',
  't=2026-03-04T09:15:02+0000 lvl=info msg=x',
  'panic: boom',
  'Fatal: peers=5',
  '  indented',
  '',
);
const bytesOf = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('', '\n', '\n\n'), fc.nat(3))
  .map(([lines, end, broken]) =>
    Buffer.concat([
      broken === 0 ? Buffer.from([0xff, 0x0a]) : Buffer.alloc(0),
      Buffer.from(lines.join('\n') + end),
    ]),
  );
const grep = fc
  .constantFrom(
    'peers=',
    'µ',
    'peers=\\d',
    'Imported|boom',
    'peers=3|elapsed=12|rest',
    'elapsed=',
    'Fatal: peers',
    '^\\s',
    '$',
    '^$',
    'x*',
    'S',
    '[^a]5',
    'peers=[34]',
    '^WARN.*12.5',
  )
  .chain((pattern) => fc.boolean().map((ignoreCase) => compilePattern(pattern, { ignoreCase })));

const where = fc.constantFrom(null, 'peers>2', 'elapsed', 'not peers', 'msg~boom or peers=2');

/** The records that a look at each by itself wants. */
function wantedIn(bytes: Buffer, { grep: pattern, invert, level, tests }: Filter): string[] {
  const edges = recordsIn(bytes, 0, bytes.length);
  const records = edges.flatMap((start, at) =>
    at % 2 === 0 ? [bytes.subarray(start, edges[at + 1])] : [],
  );
  return records
    .map((record) => ({ record, text: record.toString('utf8').replace(/\n$/, '') }))
    .filter(({ text }) => pattern === null || pattern.test(text) !== invert)
    .filter(({ text }) => level === null || /^(?:WARN|\{|panic|Fatal)/.test(text))
    .filter(({ text }) =>
      tests.every((test) =>
        test.passes({
          bytes: Buffer.alloc(0),
          from: 0,
          to: 0,
          isReadable: false,
          isWhole: false,
          record: () => parseLogLine(text, { near: new Date() }) as unknown as LogRecord,
        }),
      ),
    )
    .map(({ record }) => record.toString('latin1'));
}

describe('createScanner', () => {
  it('finds exactly the records that fit, and ranges that hold the same bytes', () => {
    fc.assert(
      fc.property(
        bytesOf,
        fc.option(grep, { nil: null }),
        fc.boolean(),
        fc.boolean(),
        where,
        (bytes, pattern, invert, isSevere, condition) => {
          const level = isSevere ? 'warn' : null;
          const tests = condition === null ? [] : [compileWhere(condition)];
          const filter: Filter = { ...all, grep: pattern, invert, level, tests };
          const scan = createScanner(log, timeLookup, filter);
          const block = { bytes, start: 0, end: bytes.length, position: 0, more: 0 };
          const found = (granularity: 'records' | 'ranges'): string[] => {
            const spans = scan(block, granularity);
            return spans.flatMap((start, at) =>
              at % 2 === 0 ? [bytes.toString('latin1', start, spans[at + 1])] : [],
            );
          };
          const wanted = wantedIn(bytes, filter);
          expect(found('records')).toEqual(wanted);
          expect(found('ranges').join('')).toBe(wanted.join(''));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['Fatal: peers', 'Fatal: (?:no|peers)', 'boom|Fatal: p+eers'])(
    'finds no %s in a line that is cut off within it',
    (pattern) => {
      const bytes = Buffer.from('panic\nFatal: pe');
      const scan = createScanner(log, timeLookup, { ...all, grep: compilePattern(pattern) });
      const block = { bytes, start: 0, end: bytes.length, position: 0, more: 0 };
      expect(scan(block, 'records')).toEqual([]);
    },
  );
});
