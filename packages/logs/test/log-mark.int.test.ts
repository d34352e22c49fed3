import { appendFileSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastLines, openLogStore, readLog, readLogs } from '../src/index.ts';

/** A log in a folder of its own, with its writer and its rotations. */
async function log() {
  const home = await temporaryDirectory();
  const store = openLogStore({ directory: home.path, name: 'node', compress: false });
  return {
    ...store,
    folder: home.path,
    write: (text: string) => appendFileSync(store.livePath, text),
    cut: async () => (await store.rotate(null)).rotated,
    /** All that was written behind a mark, and before another one. */
    async after(mark: string | null, before: string | null = null) {
      let text = '';
      const part = { after: mark, before };
      for await (const record of readLog({ directory: home.path, name: 'node', ...part })) {
        text += Buffer.from(record.bytes).toString() + (record.terminated ? '\n' : '');
      }
      return text;
    },
    async [Symbol.asyncDispose]() {
      await store.dispose();
      await home[Symbol.asyncDispose]();
    },
  };
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      write: fc.stringMatching(/^[ab\n]{1,60}$/),
      times: fc.integer({ min: 1, max: 400 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant('rotate' as const) },
  { weight: 1, arbitrary: fc.constant('mark' as const) },
);

describe('a mark of a log', () => {
  it('is the same place whatever is written and rotated later', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await using node = await log();
        const marks: { readonly mark: string; readonly at: number }[] = [];
        let written = '';
        for (const one of steps) {
          if (one === 'rotate') await node.cut();
          else if (one === 'mark') marks.push({ mark: node.mark(), at: written.length });
          else {
            const text = one.write.repeat(one.times);
            node.write(text);
            written += text;
          }
        }
        for (const [index, { mark, at }] of marks.entries()) {
          expect(await node.after(mark)).toBe(written.slice(at));
          const next = marks[index + 1] ?? { mark, at };
          expect(await node.after(mark, next.mark)).toBe(written.slice(at, next.at));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('parts an unfinished line of before from what follows it', async () => {
    await using node = await log();
    node.write('one\nunfinished');
    const mark = node.mark();
    expect(await lastLines(node.folder, 'node', 10, mark)).toEqual([]);
    node.write('Fatal: no\n');
    expect(await lastLines(node.folder, 'node', 10, mark)).toEqual(['Fatal: no']);
    expect(await lastLines(node.folder, 'node', 10)).toEqual(['one', 'unfinishedFatal: no']);
  });

  it('in a segment that was removed is the beginning of what is left', async () => {
    await using node = await log();
    const segments = () => readdirSync(node.folder).filter((name) => /^node-.*\.log/.test(name));
    node.write('first\n'.repeat(500));
    expect(await node.cut()).toBe(true);
    node.write('second\n'.repeat(500));
    const [within, end] = [node.mark(), node.mark()];
    node.write('second\n'.repeat(500));
    expect(await node.cut()).toBe(true);
    const removed = segments();
    node.write('third\n'.repeat(2000));
    expect(await node.cut()).toBe(true);
    node.write('fourth\n');
    for (const name of removed) rmSync(join(node.folder, name));
    const left = `${'third\n'.repeat(2000)}fourth\n`;
    expect((await node.after(within)) === left).toBe(true);
    expect(await node.after('0@', end)).toBe('');
  });

  it('ends what is read of a log that is followed', async () => {
    await using node = await log();
    node.write('one\n');
    const mark = node.mark();
    node.write('two\n');
    const sources = [{ source: 'node', directory: node.folder, name: 'node' }];
    const seen: string[] = [];
    const options = { follow: true, before: mark };
    for await (const { record } of readLogs(sources, options)) seen.push(record.message);
    for await (const record of readLog({ ...options, directory: node.folder, name: 'node' })) {
      seen.push(record.message);
    }
    expect(seen).toEqual(['one', 'one']);
  });

  it('within one of several logs is where that one begins and ends', async () => {
    await using node = await log();
    await using other = await log();
    for (const each of [node, other]) each.write('one\n');
    const after = node.mark();
    for (const each of [node, other]) each.write('two\n');
    const before = node.mark();
    for (const each of [node, other]) each.write('three\n');
    const sources = [
      { source: 'node', directory: node.folder, name: 'node', within: { after, before } },
      { source: 'other', directory: other.folder, name: 'node' },
    ];
    const seen: string[] = [];
    for await (const { source, record } of readLogs(sources, {})) {
      if (source === 'node') seen.push(record.message);
    }
    expect(seen).toEqual(['two']);
  });

  it('goes on behind an unfinished line of before where the log is followed', async () => {
    await using node = await log();
    node.write('one\nunfinished');
    const after = node.mark();
    const finish = new AbortController();
    const seen: string[] = [];
    const part = { directory: node.folder, name: 'node', after, follow: true };
    node.write('two\n');
    finish.abort();
    for await (const record of readLog({ ...part, finish: finish.signal })) {
      seen.push(record.message);
    }
    expect(seen).toEqual(['two']);
  });

  it('of a log that is not there yet is its beginning', async () => {
    await using node = await log();
    const mark = node.mark();
    node.write('first\n');
    expect(await node.after(mark)).toBe('first\n');
  });

  it('holds when its segment was removed, and when another program truncated the log', async () => {
    await using node = await log();
    node.write('old\n'.repeat(2000));
    expect(await node.cut()).toBe(true);
    const before = node.mark();
    node.write('new\n');
    const segments = readdirSync(node.folder).filter((name) => /^node-.*\.log/.test(name));
    for (const name of segments) rmSync(join(node.folder, name));
    expect(await node.after(before)).toBe('new\n');
    node.write('lost\n'.repeat(100));
    const within = node.mark();
    truncateSync(node.livePath);
    node.write('later\n');
    expect(await node.after(within)).toBe('later\n');
  });

  it('that says nothing is the beginning', async () => {
    await using node = await log();
    node.write('one\n');
    for (const mark of ['', 'x', '-1@', '1e3@', '9999999999999999@']) {
      expect(await node.after(mark)).toBe('one\n');
    }
    expect(await node.after('4@')).toBe('');
  });
});
