import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../src/layout.ts';
import { createIndexWriter } from '../src/store/index/index-writer.ts';

const mebibyte = 1024 * 1024;
const noon = Date.parse('2026-03-04T12:00:00Z');
const title = 'wemixvisor-index 1';

/** A logfmt line of 64 bytes that states so many seconds after noon. */
const timed = (second: number): string =>
  `t=${new Date(noon + second * 1000).toISOString()} lvl=info msg=x `.padEnd(63, '-') + '\n';
const plain = (text: string): string => text.padEnd(63, '-') + '\n';

function log(directory: string) {
  const files = filesOf(directory, 'node');
  return {
    files,
    open: () => createIndexWriter(directory, 'node', files),
    append: (text: string, times = 1) => appendFileSync(files.live, text.repeat(times)),
    /** The first line of the index and its entries; null when there is none. */
    index: () =>
      existsSync(files.index) ? readFileSync(files.index, 'utf8').trimEnd().split('\n') : null,
  };
}

describe('the index', () => {
  it('has an entry for each MiB, with the time that a line states', async () => {
    await using home = await temporaryDirectory();
    const { open, append, index } = log(home.path);
    const writer = open();
    expect(writer.advance(noon)).toEqual({ lostBytes: 0 });
    expect(index()).toBeNull();
    append(timed(1));
    writer.advance(noon);
    expect(index()).toEqual([`${title} -`, `${noon + 1000} 0`]);
    append(timed(2), mebibyte / 64 - 1);
    writer.advance(noon);
    expect(index()).toHaveLength(2);
    append(timed(3), 3);
    writer.advance(noon);
    expect(index()?.slice(2)).toEqual([`${noon + 3000} ${mebibyte}`]);
    append(timed(4), (3 * mebibyte) / 64);
    writer.advance(noon);
    expect(index()?.slice(3)).toEqual([2, 3, 4].map((at) => `${noon + 4000} ${at * mebibyte}`));
  });

  it('has an entry for each second in which lines without a time were written', async () => {
    await using home = await temporaryDirectory();
    const { open, append, index } = log(home.path);
    const writer = open();
    append(plain('one'));
    writer.advance(noon);
    append(plain('two'));
    writer.advance(noon + 999);
    append(plain('three'));
    writer.advance(noon + 1000);
    append(timed(5));
    writer.advance(noon + 3000);
    expect(index()?.slice(1)).toEqual([`${noon} 0`, `${noon + 1000} 128`]);
  });

  it('begins where a line begins, also in a line that was unfinished when it was seen', async () => {
    await using home = await temporaryDirectory();
    const { open, append, index } = log(home.path);
    const writer = open();
    append('unfin');
    writer.advance(noon);
    append('ished\nnext\n');
    writer.advance(noon + 5000);
    expect(index()?.slice(1)).toEqual([`${noon} 0`, `${noon + 5000} 11`]);
  });

  it('goes on after a restart where it was, without what was written meanwhile as new', async () => {
    await using home = await temporaryDirectory();
    const { open, append, index } = log(home.path);
    append(timed(1), mebibyte / 64);
    open().advance(noon);
    append(timed(2), 10);
    append(plain('while nobody looked'));
    const next = open();
    next.advance(noon + 60_000);
    expect(index()).toEqual([`${title} -`, `${noon + 1000} 0`, `${noon + 2000} ${mebibyte}`]);
    append(plain('now'));
    next.advance(noon + 61_000);
    expect(index()?.slice(3)).toEqual([`${noon + 61_000} ${mebibyte + 11 * 64}`]);
  });

  it('does not date lines without a time that were there before it was opened', async () => {
    await using home = await temporaryDirectory();
    const { open, append, index } = log(home.path);
    append(plain('old'), 3);
    const writer = open();
    writer.advance(noon);
    expect(index()).toBeNull();
    append(plain('new'));
    writer.advance(noon);
    expect(index()).toEqual([`${title} -`, `${noon} 192`]);
  });

  it.each(['damaged', `${title} node-20200101T000000000Z\n1 0\n`])(
    'is built anew when it is %j',
    async (text) => {
      await using home = await temporaryDirectory();
      const { files, open, append, index } = log(home.path);
      append(timed(1));
      writeFileSync(files.index, text);
      open().advance(noon);
      expect(index()).toEqual([`${title} -`, `${noon + 1000} 0`]);
    },
  );

  it('begins anew when another program truncated the log, and says how much was lost', async () => {
    await using home = await temporaryDirectory();
    const { files, open, append, index } = log(home.path);
    const writer = open();
    append(timed(1), 10);
    writer.advance(noon);
    truncateSync(files.live, 0);
    append(timed(9), 2);
    expect(writer.advance(noon)).toEqual({ lostBytes: 8 * 64 });
    expect(writer.advance(noon)).toEqual({ lostBytes: 0 });
    expect(index()).toEqual([`${title} -`, `${noon + 9000} 0`]);
  });

  it('goes with the live file when that becomes a segment, and names it in the next', async () => {
    await using home = await temporaryDirectory();
    const { files, open, append, index } = log(home.path);
    const stem = 'node-20260304T120000000Z';
    const writer = open();
    append(timed(1));
    writer.advance(noon);
    truncateSync(files.live, 0);
    writeFileSync(files.segment(stem), timed(1));
    writer.rotated(stem, 64);
    expect(index()).toBeNull();
    expect(readFileSync(files.segmentIndex(stem), 'utf8')).toBe(`${title} -\n${noon + 1000} 0\n`);
    append(timed(2));
    expect(writer.advance(noon)).toEqual({ lostBytes: 0 });
    expect(index()).toEqual([`${title} ${stem}`, `${noon + 2000} 0`]);
  });

  it('is given to its segment at the next start, when a rotation ended between the two', async () => {
    await using home = await temporaryDirectory();
    const { files, open, append, index } = log(home.path);
    const [first, second] = ['node-20260304T120000000Z', 'node-20260304T120000001Z'];
    writeFileSync(files.segment(first), timed(1));
    writeFileSync(files.segment(second), timed(2));
    const text = `${title} ${first}\n${noon + 2000} 0\n`;
    writeFileSync(files.index, text);
    append(timed(3));
    open().advance(noon);
    expect(readFileSync(files.segmentIndex(second), 'utf8')).toBe(text);
    expect(index()).toEqual([`${title} ${second}`, `${noon + 3000} 0`]);
  });

  it('is written later when it could not be written', async () => {
    await using home = await temporaryDirectory();
    const { files, open, append, index } = log(home.path);
    const writer = open();
    append(timed(1));
    mkdirSync(files.index);
    expect(() => writer.advance(noon)).toThrow(/directory/i);
    rmdirSync(files.index);
    writer.advance(noon);
    expect(index()).toEqual([`${title} -`, `${noon + 1000} 0`]);
  });
});
