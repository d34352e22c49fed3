import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causes } from './causes.ts';
import { classifyExit } from './classify-exit.ts';

const exampleLines = causes.flatMap(({ examples }) => examples.map(({ line }) => line));
const parts = exampleLines.flatMap((line) => [
  line,
  line.replace(/^[A-Z]+ ?\[.*?\] |^Fatal: /, ''),
]);
/** What a peer or a caller may send: any text, with words of the node in it. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...parts,
        '\n',
        '"',
        'Fatal: ',
        'CRIT [',
        '" lvl=crit msg="',
        '","lvl":"crit","msg":"',
      ),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));
const field = fc.constantFrom('name', 'err', 'client', 'id', 'url');
const level = fc.constantFrom('INFO', 'WARN');
const message = fc.constantFrom(
  'Peer connected',
  'Served eth_call',
  'Ethereum peer connected',
  'Looking for peers',
);

/** A value as geth's formats quote it (log/format.go). */
const goQuoted = (value: string) =>
  JSON.stringify(value).replaceAll(
    /[\u007F-\uFFFF]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const record = fc
  .tuple(level, message, field, hostile)
  .chain(([lvl, msg, key, value]) =>
    fc.constantFrom(
      `${lvl} [03-04|09:15:02.118] ${msg.padEnd(40)} ${key}=${goQuoted(value)}`,
      `t=2026-03-04T09:15:02+0000 lvl=${lvl.toLowerCase()} msg="${msg}" ${key}=${goQuoted(value)}`,
      JSON.stringify({ t: '2026-03-04T09:15:02Z', lvl: lvl.toLowerCase(), msg, [key]: value }),
      JSON.stringify({ [key]: value, lvl: lvl.toLowerCase(), msg, t: '2026-03-04T09:15:02Z' }),
    ),
  );
const forged = fc.oneof(
  fc.constantFrom(...parts),
  fc.constantFrom(
    '',
    'x t=1',
    ' '.repeat(5000),
    'INFO [03-04|09:15:02.118] x',
    'WARN [03-04|09:15:02.118] Served z',
  ),
);
/** A record of the terminal format whose message is broken by the newlines of an RPC method (rpc/handler.go). */
const broken = fc
  .tuple(
    level,
    fc.array(forged, { minLength: 1, maxLength: 6 }),
    fc.constantFrom('', '\n', ' '.repeat(5000)),
  )
  .map(([lvl, method, end]) =>
    `${lvl} [03-04|09:15:02.118] Served ${method.join('\n')}${end} reqid=1 duration=12.5µs err="no such method"`.split(
      '\n',
    ),
  );
const status = fc.constantFrom(null, 0, 1, 2, 3, 126, 127, 137);
const signal = fc.constantFrom(null, 'SIGKILL', 'SIGSEGV', 'SIGTERM');

describe('whatever the log holds', () => {
  it('no record with a value from outside is a reason never to start again, nor to wait', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 4 }),
        status,
        signal,
        (tail, code, by) => {
          const found = classifyExit({ code, signal: by, tail });
          expect(['never', 'short', 'hold']).not.toContain(found?.class);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('no method of a caller is a reason never to start again', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 2 }), broken, status, (before, lines, code) => {
        const found = classifyExit({ code, signal: null, tail: [...before, ...lines] });
        expect(['never', 'short']).not.toContain(found?.class);
      }),
      { numRuns: 500 },
    );
  });

  it('nothing throws, and what is said can be shown and stored', () => {
    const line = fc.oneof(
      hostile,
      record,
      fc.constantFrom(...exampleLines),
      fc.string({ unit: 'binary', maxLength: 6000 }),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        status,
        signal,
        fc.boolean(),
        (tail, code, by, asked) => {
          const found = classifyExit({ code, signal: by, tail, asked });
          if (found === null) return;
          expect(causes.map(({ name }) => name)).toContain(found.cause);
          for (const [text, longest] of [
            [found.summary, 300],
            [found.remedy, 400],
            [found.evidence, 500],
          ] as const) {
            expect(text.length).toBeLessThanOrEqual(longest);
            expect(text).not.toMatch(/[\p{Cc}\p{Cs}]/u);
          }
          expect(JSON.parse(JSON.stringify(found))).toEqual(found);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a huge log', () => {
  /** Lines that note which of them were read. */
  function watched(length: number, line: string) {
    const read = new Set<string>();
    const tail = new Proxy<string[]>(
      Array.from({ length }, () => line),
      {
        get(target, key) {
          if (typeof key === 'string' && /^\d+$/.test(key)) read.add(key);
          return Reflect.get(target, key) as unknown;
        },
      },
    );
    return { tail, read };
  }

  it('is read at its end only', () => {
    const { tail, read } = watched(100_000, 'x'.repeat(100));
    expect(classifyExit({ code: 1, signal: null, tail })).toBeNull();
    expect(read.size).toBe(300);
  });

  it('is searched for the head of a dump in its last 4,000 lines only', () => {
    const { tail, read } = watched(100_000, 'goroutine 1 [select]:');
    expect(classifyExit({ code: 2, signal: null, tail })?.cause).toBe('go-crash');
    expect(read.size).toBe(4000);
  });

  it('of one line is read at its beginning only', () => {
    const starts = [
      'Fatal: ',
      'panic: ',
      '{"t":',
      'Flags ',
      'invalid value "',
      't=x lvl=crit msg="',
      'CRIT [03-04|09:15:02.118] x err="',
    ];
    for (const start of starts) {
      for (const fill of ['x', '\\', '"', 'a: ', '[', '\u001B[']) {
        const length = fill === 'x' ? 10_000_000 : 5000;
        const tail = [`${start}${fill.repeat(length)}`];
        for (const code of [1, 2]) {
          const found = classifyExit({ code, signal: null, tail });
          expect(found?.class ?? 'retry').toBe('retry');
        }
      }
    }
  });
});
