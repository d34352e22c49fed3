import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLevel } from '../format/level.ts';
import { parseLogLine } from '../format/parse-log-line.ts';
import { keyText, messageText, valueText } from './field-text.ts';
import { createRecordParts } from './record-parts.ts';
import { scanRecord } from './scan-record.ts';

const parts = createRecordParts();

/** What the scan of the bytes of a line finds; null where it leaves the line to the parser. */
function scanned(line: string) {
  // Other records lie around it in a block.
  const bytes = Buffer.from(`a=1 "${line}\nb=2"`);
  const start = 5;
  const end = start + Buffer.byteLength(line);
  if (!scanRecord(bytes, start, end, parts)) return null;
  const fields = Array.from({ length: parts.count }, (_, field) => [
    keyText(bytes, parts, field),
    valueText(bytes, parts, field),
  ]);
  return {
    format: parts.format,
    level: parseLevel(bytes.toString('utf8', parts.levelFrom, parts.levelTo)),
    message: messageText(bytes, parts),
    fields: Object.fromEntries(fields) as Record<string, string>,
    time: bytes.toString('utf8', parts.timeFrom, parts.timeTo),
  };
}

function parsed(line: string) {
  const { format, level, message, fields } = parseLogLine(line, { near: new Date() });
  return { format, level, message, fields: { ...fields } };
}

const word = fc.string({
  unit: fc.constantFrom(...Array.from('ab=" \\,.0-[]{}:é\u00a0\t\u001b\n')),
  maxLength: 8,
});
const name = fc.oneof(
  fc.constantFrom(
    'number',
    'err',
    'level',
    'lvl',
    'msg',
    't',
    'ts',
    'time',
    'peercount',
    '__proto__',
  ),
  word,
);
const value = fc.oneof(
  fc.constantFrom(
    '24,583,127',
    '1.913254ms',
    '"421.913µs"',
    '"12.34 MiB"',
    '""',
    '"a\\"b\\\\"',
    '"a\\x41\\u00e9"',
  ),
  word,
);
const pairs = fc.array(fc.tuple(name, value, fc.constantFrom(' ', '  ', '')), { maxLength: 5 });
const text = (list: readonly (readonly [string, string, string])[]) =>
  list.map(([key, to, blank]) => `${blank}${key}=${to}`).join('');

const terminal = fc
  .tuple(
    fc.constantFrom('INFO ', 'WARN ', 'ERROR', 'EROR ', 'CRIT ', 'DEBUG', 'INFOS', 'INF  '),
    fc.constantFrom('', ' '),
    fc.oneof(word, fc.constantFrom('Looking for peers', 'Imported é')),
    fc.constantFrom('', ' ', '       '),
    pairs,
  )
  .map(
    ([level, blank, message, padding, list]) =>
      `${level}[03-04|09:15:02.118]${blank}${message}${padding}${text(list)}`,
  );
const logfmt = fc
  .tuple(fc.constantFrom('t=2026-03-04T09:15:02+0000', 'lvl=info', 'level=warn'), pairs)
  .map(([head, list]) => `${head} ${text(list)}`);
const scalar = fc.oneof(
  fc.string(),
  word,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const json = fc
  .tuple(
    fc.array(fc.tuple(name, fc.oneof(scalar, fc.object({ maxDepth: 1 }), fc.array(scalar)))),
    fc.constantFrom('', '}', ' ', ',', '"'),
  )
  .map(([list, end]) => {
    const inside = list.map(([key, to]) => `${JSON.stringify(key)}:${JSON.stringify(to)}`);
    return `{${inside.join(',')}}${end}`;
  });

describe('scanRecord', () => {
  it.each([
    ['terminal', terminal],
    ['logfmt', logfmt],
    ['JSON', json],
  ])('finds what the parser reads, or leaves it to the parser: %s', (_, lines) => {
    fc.assert(
      fc.property(lines, (line) => {
        const found = scanned(line);
        if (found === null) return;
        const { time: _time, ...facts } = found;
        expect(facts).toEqual(parsed(line));
        if (parts.isPlain) expect(line).toMatch(/^[ !#-~]*$/);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    'INFO [03-04|09:15:17.978] Imported new potential chain segment     number=24,583,127 hash=a708a7..15a231 elapsed="421.913µs"',
    'WARN [03-04|09:19:30.069] Beacon client online, but no updates.',
    't=2026-03-04T09:15:03+0000 lvl=info msg="HTTP server started" endpoint=127.0.0.1:8545 cors="" auth=false',
    '{"t":"2026-03-04T09:15:11.944233789Z","lvl":"info","msg":"Looking \\u003cfor\\u003e peers","peercount":2,"static":0}',
    '{"level":"info","time":"2026-03-04T09:15:11.944Z","event":"started","pid":12,"msg":"started"}',
  ])('needs no parser for %s', (line) => {
    const { time, ...facts } = scanned(line) ?? { time: '' };
    expect(facts).toEqual(parsed(line));
    expect(time).toMatch(/09:1[59]:\d\d/);
  });

  it.each([
    [
      'INFO [03-04|09:15:17.978] Imported new segment     number=24,583,127 hash=a708a7..15a231',
      true,
    ],
    ['INFO [03-04|09:15:17.978] Imported number=24,583,127 ', true],
    ['INFO [03-04|09:15:17.978] Imported number=24,583,127 in all', false],
    ['INFO [03-04|09:15:17.978] Imported number="24,583,127"', false],
    ['INFO [03-04|09:15:17.978] Imported "it" number=24,583,127', false],
    ['INFO [03-04|09:15:17.978] Impörted now number=24,583,127', false],
    ['INFO [03-04|09:15:17.978] Imported number=24"583', false],
    ['INFO [03-04|09:15:17.978] Imported number=24 and "more"', false],
    ['t=2026-03-04T09:15:03+0000 lvl=info number=24', false],
  ])('tells whether there are but plain characters in %s', (line, isPlain) => {
    expect(scanned(line)).not.toBeNull();
    expect(parts.isPlain).toBe(isPlain);
  });

  it.each([
    'panic: boom',
    'INFO [03-04|09:15:17.978] Two\n lines a=1',
    '\u001b[32mINFO \u001b[0m[03-04|09:15:17.978] Coloured a=1',
    '{"msg":"nested","a":{"b":1}}',
    '{"msg":"torn","a":',
    '2026-03-04 09:15:02.118+00:00 | main | INFO  | Besu | Imported',
  ])('leaves %s to the parser', (line) => {
    expect(scanned(line)).toBeNull();
  });
});
