import { describe, expect, it } from 'vitest';
import { parseLogLine } from './parse-log-line.ts';

const near = new Date(2026, 10, 28);
const parse = (line: string) => parseLogLine(line, { near });

describe('the formats that other programs share', () => {
  it.each([
    [
      'Besu and Teku',
      '2026-11-27 10:23:45.123+00:00 | main | INFO  | Besu | Starting Besu | 26.1',
      {
        format: 'log4j',
        time: new Date('2026-11-27T10:23:45.123Z'),
        level: 'info',
        message: 'Starting Besu | 26.1',
        fields: { thread: 'main', logger: 'Besu' },
      },
    ],
    [
      'Nethermind',
      '2026-11-27 10:23:45.1234|WARN|17|Peers | with known best block: 100',
      {
        format: 'nlog',
        time: new Date('2026-11-27T10:23:45.123'),
        level: 'warn',
        message: 'Peers | with known best block: 100',
        fields: { thread: '17' },
      },
    ],
    [
      'Erigon',
      '[EROR] [11-27|10:23:45.123] [4/12 Execution] failed           err="a b" block=7',
      {
        format: 'terminal',
        time: new Date(2026, 10, 27, 10, 23, 45, 123),
        level: 'error',
        message: '[4/12 Execution] failed',
        fields: { err: 'a b', block: '7' },
      },
    ],
    [
      'reth',
      '2026-11-27T10:23:45.123456Z  INFO reth::node::events: Canonical chain committed number=18507752 elapsed=346.17ms',
      {
        format: 'tracing',
        time: new Date('2026-11-27T10:23:45.123Z'),
        level: 'info',
        message: 'Canonical chain committed',
        fields: { target: 'reth::node::events', number: '18507752', elapsed: '346.17ms' },
      },
    ],
    [
      'reth without a target',
      '2026-11-27T10:23:45.1Z DEBUG Commit segment=Headers path="/a b"',
      {
        format: 'tracing',
        time: new Date('2026-11-27T10:23:45.100Z'),
        level: 'debug',
        message: 'Commit',
        fields: { segment: 'Headers', path: '/a b' },
      },
    ],
    [
      'Lighthouse',
      'Nov  7 06:21:17.000 INFO Synced                 slot: 7342304, exec_hash: 0x9a48…f10c (verified), peers: 88',
      {
        format: 'lighthouse',
        time: new Date(2026, 10, 7, 6, 21, 17),
        level: 'info',
        message: 'Synced',
        fields: { slot: '7342304', exec_hash: '0x9a48…f10c (verified)', peers: '88' },
      },
    ],
    [
      'Lighthouse without fields',
      'Dec 31 06:21:17.250 ERRO It went wrong: badly',
      {
        format: 'lighthouse',
        time: new Date(2025, 11, 31, 6, 21, 17, 250),
        level: 'error',
        message: 'It went wrong: badly',
        fields: {},
      },
    ],
    [
      'Python',
      '2026-11-27 10:23:45,123 - my.module - CRITICAL - no - way',
      {
        format: 'python',
        time: new Date('2026-11-27T10:23:45.123'),
        level: 'crit',
        message: 'no - way',
        fields: { logger: 'my.module' },
      },
    ],
    [
      'Python without a configuration',
      'WARNING:root:a: b',
      { format: 'python', time: null, level: 'warn', message: 'a: b', fields: { logger: 'root' } },
    ],
    [
      'a level in brackets',
      '[warn] careful',
      { format: 'bracketed', time: null, level: 'warn', message: 'careful', fields: {} },
    ],
    [
      'a time and a level in brackets',
      '[2026-11-27T10:23:45Z] [ERROR]: two\nlines',
      {
        format: 'bracketed',
        time: new Date('2026-11-27T10:23:45Z'),
        level: 'error',
        message: 'two\nlines',
        fields: {},
      },
    ],
    [
      'a time and a level',
      '2026-11-27 10:23:45 INFO: up',
      {
        format: 'bracketed',
        time: new Date('2026-11-27T10:23:45'),
        level: 'info',
        message: 'up',
        fields: {},
      },
    ],
  ])('are read: %s', (_, line, parsed) => {
    expect(parse(line)).toEqual(parsed);
  });

  it.each([
    '[1,2]',
    '[notice] what is this',
    'INFO up',
    'Nov 27 up',
    '2026-11-27 10:23:45 informed of it',
    'Fatal: [INFO] no',
  ])('are not seen in %j', (line) => {
    expect(parse(line)).toMatchObject({ format: 'plain', message: line });
  });
});

it.each([
  ['targets', `2026-11-27T10:23:45.1Z  INFO ${'a::'.repeat(20_000)}`],
  ['blanks', `Nov 27 06:21:17.000 INFO a${' '.repeat(64_000)}`],
  ['blanks of geth', `INFO [11-27|10:23:45.123] a${' '.repeat(64_000)}b`],
  ['pairs', `2026-11-27T10:23:45.1Z  INFO x ${'a'.repeat(30_000)} ${'b= '.repeat(10_000)}`],
  ['bars', `2026-11-27 10:23:45.123+00:00 | ${'| '.repeat(30_000)}`],
])('takes no time that grows with the square of the line: %s', (_, line) => {
  // Where it did, a single one would take seconds, and this longer than a test may.
  for (let round = 0; round < 100; round += 1) expect(parse(line).message).not.toBe('');
});

describe('a format of the caller', () => {
  const own = (line: string) =>
    parseLogLine(line, {
      near,
      parse: (text) => (text.startsWith('!') ? { level: 'warn', fields: { a: '1' } } : null),
    });

  it('is asked first, and what it leaves out is the text, without time or level', () => {
    expect(own('!{"lvl":"info"}\n')).toEqual({
      format: 'own',
      time: null,
      level: 'warn',
      message: '!{"lvl":"info"}',
      fields: { a: '1' },
    });
  });

  it('leaves what it does not know to the others', () => {
    expect(own('[INFO] [11-27|10:23:45.123] x').format).toBe('terminal');
  });
});
