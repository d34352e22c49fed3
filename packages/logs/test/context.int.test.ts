import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import {
  compileTests,
  openLogStore,
  readLog,
  readLogs,
  writeLog,
  type LogRecord,
} from '../src/index.ts';
import type { ReadOptions } from '../src/read/read-options.ts';
import { at, line, writeThreeParts, writtenAt } from './support/three-parts.ts';

interface Wanted {
  readonly fits: (line: string) => boolean;
  readonly before: number;
  readonly after: number;
  readonly last?: number;
}

/** What grep gives: the lines that fit, those around them, and `--` where lines are left out. */
function around(
  lines: readonly string[],
  { fits, before, after, last = Infinity }: Wanted,
): string[] {
  const matches = lines.flatMap((each, place) => (fits(each) ? [place] : [])).slice(-last);
  const [first = 0] = matches;
  const shown: string[] = [];
  let previous = -1;
  for (const [place, each] of lines.entries()) {
    const isNear = matches.some((match) => place >= match - before && place <= match + after);
    if (!isNear || place < first - before) continue;
    if (previous >= 0 && previous !== place - 1) shown.push('--');
    shown.push(each);
    previous = place;
  }
  return shown;
}

async function shownBy(options: ReadOptions): Promise<string[]> {
  const shown: string[] = [];
  for await (const record of readLog(options)) {
    if (record.isApart) shown.push('--');
    shown.push(text(record));
  }
  return shown;
}

const text = ({ bytes }: LogRecord): string => Buffer.from(bytes).toString('latin1');

describe('context', () => {
  it('gives the records around those that fit, over the parts of the log, each once', async () => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node' };
    const lines = await writeThreeParts(home.path);
    const isWarning = (each: string) => each.startsWith('WARN');
    const hasPeers = (each: string) => each.includes('peers=3');
    const cases: [Pick<ReadOptions, 'level' | 'grep' | 'tests'>, (each: string) => boolean][] = [
      [{ level: 'warn' }, isWarning],
      [compileTests({ where: 'peers=3' }), hasPeers],
      [{ grep: 'peers=3' }, hasPeers],
      [
        { grep: 'line (1000|999|1999|0|2999) ' },
        (each) => /line (?:1000|999|1999|0|2999) /.test(each),
      ],
    ];
    for (const [filter, fits] of cases) {
      for (const [before, after] of [
        [0, 2],
        [3, 0],
        [2, 2],
        [60, 70],
      ] as const) {
        const context = { before, after };
        expect(await shownBy({ ...log, ...filter, context })).toEqual(
          around(lines, { fits, before, after }),
        );
        expect(await shownBy({ ...log, ...filter, context, lines: 3 })).toEqual(
          around(lines, { fits, before, after, last: 3 }),
        );
      }
    }
    const written: Buffer[] = [];
    await writeLog({ ...log, level: 'warn', context: { before: 1, after: 1 } }, (bytes) => {
      written.push(Buffer.from(bytes));
    });
    const expected = around(lines, { fits: isWarning, before: 1, after: 1 });
    expect(Buffer.concat(written).toString()).toBe(`${expected.join('\n')}\n`);
  });

  it('reaches across blocks and long lines', async () => {
    await using home = await temporaryDirectory();
    const long = `plain ${'x'.repeat(600_000)}`;
    const lines = Array.from({ length: 6000 }, (_, place) =>
      place % 2000 === 1500
        ? long
        : `${line(place)} ${place % 1999 === 1 ? 'hit' : ''}${'.'.repeat(90)}`,
    );
    writeFileSync(join(home.path, 'node.log'), lines.join('\n'));
    const options = { directory: home.path, name: 'node', grep: 'hit' } as const;
    for (const reach of [1, 400, 1700]) {
      const context = { before: reach, after: reach };
      const expected = around(lines, {
        fits: (each) => each.includes('hit'),
        before: reach,
        after: reach,
      });
      expect(await shownBy({ ...options, context })).toEqual(expected);
    }
  });

  it('keeps to the times that are asked for', async () => {
    await using home = await temporaryDirectory();
    const lines = await writeThreeParts(home.path);
    const options = {
      directory: home.path,
      name: 'node',
      level: 'warn',
      context: { before: 5, after: 5 },
    } as const;
    expect(await shownBy({ ...options, since: at(1098), until: at(1101) })).toEqual(
      lines.slice(1098, 1102),
    );
  });

  it('goes on with the records after a match that is followed', async () => {
    await using home = await temporaryDirectory();
    const file = join(home.path, 'node.log');
    writeFileSync(file, ['a 0', 'a 1', 'hit 2', 'a 3', ''].join('\n'));
    const finish = new AbortController();
    const shown: string[] = [];
    const context = { before: 1, after: 2 };
    const options = {
      directory: home.path,
      name: 'node',
      grep: 'hit',
      follow: true,
      context,
      finish: finish.signal,
    };
    for await (const record of readLog(options)) {
      shown.push(`${record.isApart ? '-- ' : ''}${text(record)}`);
      if (shown.length === 3) appendFileSync(file, 'a 4\na 5\na 6\nhit 7\na 8\n');
      if (shown.length === 7) finish.abort();
    }
    expect(shown).toEqual(['a 1', 'hit 2', 'a 3', 'a 4', '-- a 6', 'hit 7', 'a 8']);
  });

  it('gives the records before a match that is followed, read before it and rotated since', async () => {
    await using home = await temporaryDirectory();
    const options = { directory: home.path, name: 'node', compress: false } as const;
    const store = openLogStore(options);
    const file = join(home.path, 'node.log');
    writeFileSync(file, ['a 0', 'a 1', 'hit 2', ''].join('\n'));
    const finish = new AbortController();
    const context = { before: 2, after: 0 };
    const reading = { grep: 'hit', follow: true, context, finish: finish.signal };
    const shown: string[] = [];
    for await (const record of readLog({ ...options, ...reading })) {
      shown.push(`${record.isApart ? '-- ' : ''}${text(record)}`);
      if (shown.at(-1) === 'hit 2') {
        appendFileSync(file, 'a 3\na 4\na 5\n');
        setTimeout(() => {
          void store.rotate(null).then(() => appendFileSync(file, 'hit 6\n'));
        }, 300);
      }
      if (text(record) === 'hit 6') finish.abort();
    }
    await store.dispose();
    expect(shown).toEqual(['a 0', 'a 1', 'hit 2', '-- a 4', 'a 5', 'hit 6']);
  });
});

describe('around', () => {
  it('gives the records before and after a moment, of all logs together', async () => {
    await using home = await temporaryDirectory();
    const lines = await writeThreeParts(home.path);
    const other = [998, 1001].map((seconds) => line(seconds).replace('of the node', 'of another'));
    writeFileSync(join(home.path, 'other.log'), `${other.join('\n')}\n`);
    utimesSync(join(home.path, 'other.log'), writtenAt, writtenAt);
    const sources = ['node', 'other'].map((name) => ({ source: name, directory: home.path, name }));
    const found: string[] = [];
    const context = { before: 3, after: 4 };
    for await (const { record } of readLogs(sources, { around: at(1000), context })) {
      found.push(text(record));
    }
    const [before = '', after = ''] = other;
    expect(found).toEqual([
      lines[998],
      before,
      lines[999],
      lines[1000],
      lines[1001],
      after,
      lines[1002],
    ]);
    const warnings: string[] = [];
    const options = { around: at(1000), context: { before: 1, after: 1 }, level: 'warn' } as const;
    for await (const { record } of readLogs(sources, options)) warnings.push(text(record));
    expect(warnings).toEqual([lines[999], lines[1099]]);
  });
});
