import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsRequired } from '../../test/support/contains-required.ts';
import { parseLogLine } from '../format/parse-log-line.ts';
import type { LogRecord } from '../read/record/log-record.ts';
import type { RecordTest } from '../read/select/record-test.ts';
import { compileMessage } from './compile-message.ts';
import { compileWhere } from './compile-where.ts';

const near = new Date('2026-03-05T00:00:00Z');

/** Whether a line passes, its parts found in its bytes where that is possible, or all by the parser. */
function passes(test: RecordTest, line: string, isReadable = true): boolean {
  const bytes = Buffer.from(`before\n${line}\n`);
  const from = 7;
  return test.passes({
    bytes,
    from,
    to: bytes.length - 1,
    isReadable,
    isWhole: true,
    record: () => parseLogLine(line, { near }) as unknown as LogRecord,
  });
}

const lines = {
  terminal:
    'INFO [03-04|09:15:17.978] Imported new potential chain segment     number=24,583,127 hash=a708a7..15a231 txs=187 mgas=21.482 elapsed=214.862ms dirty=3.61GiB err="i/o \\"timeout\\"" auth=true',
  logfmt:
    't=2026-03-04T09:15:17+0000 lvl=info msg="Imported new potential chain segment" number=24583127 hash=0xa708a7 txs=187 mgas=21.482 elapsed=214.862ms dirty="3.61 GiB" err="i/o \\"timeout\\"" auth=true',
  json: '{"t":"2026-03-04T09:15:17.97Z","lvl":"info","msg":"Imported new potential chain segment","number":"24583127","hash":"0xa708a7","txs":187,"mgas":21.482,"elapsed":"214.862ms","dirty":"3.61 GiB","err":"i/o \\"timeout\\"","auth":true}',
  reth: '2026-03-04T09:15:17.978204Z  INFO reth::cli: Imported new potential chain segment number=24583127 hash=0xa708a7 txs=187 mgas=21.482 elapsed=214.862ms dirty=3.61GiB err="i/o \\"timeout\\"" auth=true',
};

const fitting = [
  'number>24000000',
  'number>24,000,000',
  'number>=24583127 and number<=24583127',
  'number=24,583,127',
  'number="24,583,127" or number="24583127"',
  'number!=1',
  'mgas>21 and mgas<21.5',
  'elapsed>200ms and elapsed<0.3s',
  'elapsed>0',
  'dirty>3GiB and dirty<4GiB',
  'dirty=3.61GiB',
  'err~timeout',
  'err="i/o \\"timeout\\""',
  String.raw`err!~"^timeout"`,
  'hash~a708a7',
  'auth=true',
  'err and txs',
  'not peercount',
  'not (peercount<3)',
  'peercount<3 or txs>100',
  'level=info',
  'level>=info and lvl<warn',
  'message~"^Imported .* segment$"',
  'msg="Imported new potential chain segment"',
];
const others = [
  'number<24000000',
  'peercount<3',
  'peercount!=3',
  'peercount',
  'elapsed>200',
  'elapsed>1m',
  'dirty>3ms',
  'err=timeout',
  'auth!=true',
  'level>info',
  'message~number',
  'hash>1',
  'toString',
];

describe.each(Object.entries(lines))('compileWhere on %s', (_, line) => {
  it.each(fitting)('fits %s', (text) => {
    expect(passes(compileWhere(text), line)).toBe(true);
  });

  it.each(others)('does not fit %s', (text) => {
    expect(passes(compileWhere(text), line)).toBe(false);
  });
});

describe('compileWhere', () => {
  it('ignores the case of patterns where asked to', () => {
    expect(passes(compileWhere('err~TIMEOUT'), lines.json)).toBe(false);
    expect(passes(compileWhere('err~TIMEOUT', { ignoreCase: true }), lines.json)).toBe(true);
  });

  it('takes the last of two fields with one key', () => {
    const line = 'INFO [03-04|09:15:17.978] Twice   a=1 a=2';
    expect(passes(compileWhere('a=2'), line)).toBe(true);
    expect(passes(compileWhere('a=1'), line)).toBe(false);
  });

  it.each([
    [
      'version>v1.16',
      '> compares numbers (24000000), durations (200ms) and sizes (3GiB), and "v1.16" is none',
      8,
    ],
    ['level>loud', 'level is compared with one of trace, debug, info, warn, error, crit', 6],
    ['err~"("', 'the search pattern is no regular expression', 4],
    ['msg>3', '> compares numbers', 4],
  ])('refuses %s and shows the place', (text, reason, at) => {
    expect(() => compileWhere(text)).toThrow(reason);
    expect(() => compileWhere(text)).toThrow(`\n  ${text}\n  ${' '.repeat(at)}^`);
  });

  it('names the keys that it compares', () => {
    expect(compileWhere('a=1 and (b or not a<2) and level=warn and msg~x').keys).toEqual([
      'a',
      'b',
    ]);
  });

  it('has a text without which no record fits', () => {
    const isOut: unknown = expect.any(Function);
    const number = { text: 'number', isOut };
    const timeOut = { all: [{ text: 'err' }, { text: 'time out' }] };
    const hash = { all: [{ text: 'hash', isOut }, { text: 'a708a7..15a231' }] };
    expect(compileWhere('number>1').required).toEqual(number);
    expect(compileWhere('number>1 and hash="a708a7..15a231"').required).toEqual({
      all: [number, hash],
    });
    expect(compileWhere('number>1 or err~"time out"').required).toEqual({ any: [number, timeOut] });
    expect(compileWhere('number or not err').required).toBeNull();
    expect(compileWhere('not number').required).toBeNull();
    expect(compileWhere('thread="main thread"').required).toEqual({ text: 'main thread' });
    expect(compileWhere('number').required).toEqual({ text: 'number' });
    expect(compileWhere('thread').required).toBeNull();
    expect(compileWhere('number=24583127').required).toEqual(number);
    expect(compileMessage('Looking for (peers|friends)').required).toEqual({
      all: [{ text: 'Looking for ' }, { any: [{ text: 'peers' }, { text: 'friends' }] }],
    });
    expect(compileMessage('Looking for').required).toEqual({ text: 'Looking for' });
    expect(compileMessage('Looking "for').required).toBeNull();
    expect(compileMessage('Looking "for.*peers').required).toEqual({ text: 'peers' });
    expect(compileMessage('Looking "for|peers').required).toBeNull();
  });

  const line = fc.constantFrom(
    ...Object.values(lines),
    'WARN [03-04|09:15:17.978] Looking for peers peercount=2',
    'panic: err="x"',
    '',
  );
  const expression = fc
    .array(fc.constantFrom(...fitting, ...others), { minLength: 1, maxLength: 3 })
    .chain((parts) =>
      fc.constantFrom(' and ', ' or ').map((joint) => parts.map((part) => `(${part})`).join(joint)),
    );

  it('says the same of the bytes and of what the parser reads, and only of lines with a text that it needs', () => {
    fc.assert(
      fc.property(line, expression, (text, where) => {
        const test = compileWhere(where);
        const isFitting = passes(test, text);
        expect(passes(test, text, false)).toBe(isFitting);
        if (isFitting && test.required !== null) {
          expect(containsRequired(text, test.required)).toBe(true);
        }
      }),
    );
  });
});

describe('compileMessage', () => {
  it('looks at the message alone', () => {
    for (const each of Object.values(lines)) {
      expect(passes(compileMessage('^Imported new'), each)).toBe(true);
      expect(passes(compileMessage('IMPORTED', { ignoreCase: true }), each)).toBe(true);
      expect(passes(compileMessage('number'), each)).toBe(false);
    }
  });
});
