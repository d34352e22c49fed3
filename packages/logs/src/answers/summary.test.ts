import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../format/parse-log-line.ts';
import type { LogRecord } from '../read/record/log-record.ts';
import { createFold } from './fold.ts';
import { summarizeLog, type SummaryOptions } from './summary.ts';

const near = new Date(2026, 2, 5);
const recordOf = (line: string) => parseLogLine(line, { near }) as unknown as LogRecord;
const clock = (seconds: number) => {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(9 + Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};
const line = (seconds: number, text: string, level = 'INFO ') =>
  `${level}[03-04|${clock(seconds)}.000] ${text}`;

function sumUp(options: SummaryOptions, lines: readonly string[]) {
  const summary = summarizeLog(options);
  for (const each of lines) summary.add('node', recordOf(each));
  return summary;
}
const plain = { columns: 80, colour: false };

const imports = Array.from({ length: 60 }, (_, at) =>
  line(
    at * 12,
    `Imported new chain segment   number=${1000 + at} elapsed=${100 + at}ms size=${at}.00MiB`,
  ),
);
const lines = [
  ...imports.slice(0, 30),
  line(365, 'Looking for peers    peercount=2', 'WARN '),
  ...imports.slice(31),
  line(725, 'Snapshot failed      err="disk 7 full" at=0xabc1', 'ERROR'),
  line(726, 'Snapshot failed      err="disk 9 full" at=0xdef2', 'ERROR'),
  line(727, 'Snapshot failed      err="no \u001b[31mroom"', 'ERROR'),
  'Fatal: Failed to start',
];

describe('stats', () => {
  it('counts by level and knows the percentiles of keys with numbers', () => {
    expect(sumUp({ as: 'stats' }, lines).text({ columns: 120, colour: false })).toBe(
      [
        '64 lines in 12m7s, 317 an hour',
        'from 2026-03-04 09:00:00 to 2026-03-04 09:12:07',
        '',
        'LINES  SHARE  PER HOUR           FIRST            LAST  LEVEL',
        '   59  92.2%       292  03-04 09:00:00  03-04 09:11:48  info',
        '    3   4.7%        15  03-04 09:12:05  03-04 09:12:07  error',
        '    1   1.6%         5  03-04 09:06:05  03-04 09:06:05  warn',
        '    1   1.6%         5               -               -  crit',
        '',
        'VALUES    MIN       P50      P90       P99    MAX  KEY',
        '    59  1,000     1,034    1,054     1,054  1,059  number',
        '    59  100ms   129.2ms  154.4ms   157.5ms  159ms  elapsed',
        '    59     0B  29.23MiB    54MiB  58.46MiB  59MiB  size',
        '     1      2         2        2         2      2  peercount',
        'Percentiles are within 1 %.',
        '',
      ].join('\n'),
    );
  });

  it('counts by message, and by the values of a key', () => {
    const shown = sumUp({ as: 'stats', by: 'message' }, lines).text(plain).split('\n');
    expect(shown[4]).toBe(
      '   59  92.2%       292  03-04 09:00:00  03-04 09:11:48  Imported new chain segm…',
    );
    const byKey = sumUp({ as: 'stats', by: 'peercount' }, lines).json();
    expect(byKey).toMatchObject({ lines: 64, by: 'peercount', groups: [{ name: '2', lines: 1 }] });
    expect(sumUp({ as: 'stats', by: 'nokey' }, lines).text(plain)).toContain(
      'no line has the key nokey\n',
    );
  });

  it('says when there are more values than it counts', () => {
    const many = Array.from({ length: 1200 }, (_, at) => line(at, `Block   hash=x${at}`));
    const stats = sumUp({ as: 'stats', by: 'hash' }, many);
    expect(stats.text(plain)).toContain('\n1,180 lines in more than 980 others\n');
    expect(stats.json()).toMatchObject({ other_lines: 200 });
  });

  it('says that there is nothing', () => {
    expect(sumUp({ as: 'stats' }, []).text(plain)).toBe('no lines\n');
    expect(sumUp({ as: 'map' }, []).text(plain)).toBe('no lines with a time\n');
    expect(sumUp({ as: 'errors' }, []).text(plain)).toBe('no errors\n');
  });
});

describe('errors', () => {
  const errors = lines.filter((each) => /^(?:ERROR|Fatal)/.test(each));

  it('lists each distinct error once, with nothing that a terminal obeys', () => {
    expect(sumUp({ as: 'errors' }, errors).text(plain)).toBe(
      [
        '2×  ERROR  2026-03-04 09:12:05 to 09:12:06',
        '    Snapshot failed err=disk 7 full at=0xabc1',
        '1×  ERROR  2026-03-04 09:12:07',
        '    Snapshot failed err=no room',
        '1×  CRIT   at an unknown time',
        '    Fatal: Failed to start',
        '',
      ].join('\n'),
    );
  });

  it('tells those that are new since a moment', () => {
    const newSince = new Date(2026, 2, 4, 9, 12, 7);
    const found = sumUp({ as: 'errors', newSince }, errors);
    expect(found.json()).toMatchObject({
      errors: [{ message: 'Snapshot failed', lines: 1, level: 'error' }],
    });
    expect(sumUp({ as: 'errors', newSince: near }, errors).text(plain)).toBe('no new errors\n');
  });

  it('leaves out lines that are only a frame', () => {
    const notice = ['', '-----', 'You are running in --dev mode'].map((text) =>
      line(0, text, 'WARN '),
    );
    expect(sumUp({ as: 'errors' }, notice).text(plain).split('\n')).toHaveLength(3);
  });

  it('counts those for which there is no room', () => {
    const word = (at: number) =>
      String.fromCharCode(97 + (at % 26), 97 + (Math.floor(at / 26) % 26));
    const many = Array.from({ length: 600 }, (_, at) => line(at, `${word(at)} failed`, 'ERROR'));
    expect(sumUp({ as: 'errors' }, many).text(plain)).toContain(
      '100 lines of more than 500 distinct errors are not listed\n',
    );
  });
});

describe('map', () => {
  const starts = [new Date(2026, 2, 4, 9, 7, 3)];
  const gap = lines.filter((each) => !/09:0[4-6]/.test(each));

  it('draws levels over time, gaps and starts, and says what is worth a look', () => {
    expect(
      sumUp({ as: 'map', starts, command: 'logs' }, gap).text({ columns: 60, colour: false }),
    ).toBe(
      [
        '48 lines, a column is 20s; at the end of a row its most in …',
        'error             ·········               █ 3',
        'info  ██▄██▄██▄██▄·········██▄██▄██▄██▄██▄  2',
        'start                      ▲',
        '      |           |           |           |',
        '      09:00:00    09:04:00    09:08:00    09:12:00',
        '',
        'worth a look:',
        '  2026-03-04 09:03:48 to 09:07:00: no line for 3m12s, then …',
        "    logs -n all --since '2026-03-04 09:03:48' --until '2026-03-04 09:07:00'",
        '  2026-03-04 09:12:00 to 09:12:20: 3 errors',
        "    logs -n all --since '2026-03-04 09:12:00' --until '2026-03-04 09:12:20' --level error",
        '',
      ].join('\n'),
    );
  });

  it('keeps to 50 columns, and has colours only where they are wanted', () => {
    const picture = sumUp({ as: 'map', starts, command: 'logs' }, lines);
    const narrow = picture.text({ columns: 50, colour: false }).split('\n');
    const commands = narrow.filter((each) => each.startsWith('    logs '));
    expect(
      narrow.filter((each) => !commands.includes(each)).every((each) => each.length <= 50),
    ).toBe(true);
    expect(narrow.join('')).not.toContain('\u001b');
    expect(picture.text({ columns: 50, colour: true })).toContain('\u001b[31merror ');
  });

  it('gives programs the columns', () => {
    expect(sumUp({ as: 'map', starts }, gap).json()).toMatchObject({
      lines: 48,
      column_ms: 1000,
      starts: [starts[0]?.toISOString()],
      worth_a_look: [{ why: 'no line for 3m12s, then a start of the node' }, { why: '3 errors' }],
    });
  });
});

describe('createFold', () => {
  it('folds lines that take turns', () => {
    const fold = createFold();
    const kinds = ['Starting work', 'Updated', 'Stopping work', 'Imported', 'Updated head'];
    const shown = Array.from(
      { length: 50 },
      (_, at) =>
        fold.take(recordOf(line(at, `${kinds[at % 5] ?? ''} payload   number=${at}`))).isShown,
    );
    expect(shown.filter(Boolean)).toHaveLength(5);
    expect(fold.end().split('\n')[0]).toBe('  … 9 more: Starting work payload, until 09:00:45');
  });

  it('counts lines that repeat those before them', () => {
    const fold = createFold();
    const shown: string[] = [];
    for (const each of lines) {
      const { before, isShown } = fold.take(recordOf(each));
      shown.push(before, isShown ? `${each.slice(22, 61)}\n` : '');
    }
    shown.push(fold.end());
    expect(shown.join('').split('\n')).toEqual([
      '00] Imported new chain segment   number',
      '  … 29 more: Imported new chain segment, until 09:05:48',
      '00] Looking for peers    peercount=2',
      '  … 29 more: Imported new chain segment, until 09:11:48',
      '00] Snapshot failed      err="disk 7 fu',
      '  … 1 more: Snapshot failed, until 09:12:06',
      '00] Snapshot failed      err="no \u001b[31mr',
      '',
      '',
    ]);
  });
});
