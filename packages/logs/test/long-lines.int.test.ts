import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastLines, openLogStore, readLog, writeLog, type LogRecord } from '../src/index.ts';
import type { ReadOptions } from '../src/read/read-options.ts';
import { compilePattern } from '../src/read/search/pattern.ts';

interface Line {
  readonly text: string;
  readonly level: string | null;
}
type Form = 'terminal' | 'json' | 'plain';

const lengths = fc.constantFrom(10, 65_000, 262_000, 262_144, 262_145, 400_000, 600_000, 1_100_000);
const words = fc.constantFrom('peers=13', 'µ', '\u001b[0m', 'PEERS', 'x', '"');

const lineIn = (...forms: Form[]) =>
  fc
    .record({ length: lengths, word: words, form: fc.constantFrom(...forms) })
    .map(({ length, word, form }): Line => {
      const data = 'c0ffee '.repeat(length / 7) + word;
      if (form === 'plain') return { text: data, level: null };
      if (form === 'terminal') return { text: `WARN [03-04|09:15:02.000] ${data}`, level: 'warn' };
      return { text: JSON.stringify({ data, lvl: 'eror', msg: 'm' }), level: 'error' };
    });
/** Plain lines would go on a message of the terminal format. */
const log = fc.oneof(
  fc.array(lineIn('plain'), { minLength: 1, maxLength: 6 }),
  fc.array(lineIn('terminal', 'json'), { minLength: 1, maxLength: 6 }),
);
const pattern = fc.constantFrom(
  'peers=13',
  'x"?$',
  '^WARN \\[03-04',
  'e+ x',
  '.µ',
  '(?<=e )x',
  '[^e] p',
);

/** What a record says, told in each way that there is. */
function told(record: LogRecord) {
  const { level, terminated } = record;
  const bytes = Buffer.from(record.bytes);
  const pieces = Buffer.concat(Array.from(record.pieces(), (piece) => Buffer.from(piece)));
  const isSame = pieces.equals(bytes) && [...record.text()].join('') === bytes.toString();
  return { text: bytes.toString(), level, terminated, isSame };
}

async function read(options: ReadOptions) {
  const records = [];
  for await (const record of readLog(options)) records.push(told(record));
  return records;
}

async function written(options: ReadOptions): Promise<string> {
  const pieces: Buffer[] = [];
  await writeLog(options, (bytes) => {
    expect(bytes.length).toBeLessThanOrEqual(256 * 1024);
    pieces.push(Buffer.from(bytes));
  });
  return Buffer.concat(pieces).toString();
}

describe('lines that are longer than what is read at a time', () => {
  it('are found, told of and written like others, rotated or not', async () => {
    await fc.assert(
      fc.asyncProperty(log, pattern, fc.boolean(), fc.boolean(), async (lines, ...drawn) => {
        const [grep, ignoreCase, invert] = drawn;
        await using home = await temporaryDirectory();
        const all = lines.map(({ text }) => text);
        const half = Math.ceil(lines.length / 2);
        const store = openLogStore({ directory: home.path, name: 'node', compress: false });
        appendFileSync(store.livePath, `${all.slice(0, half).join('\n')}\n`);
        await store.rotate(null);
        appendFileSync(store.livePath, all.slice(half).join('\n'));
        await store.dispose();

        const compiled = compilePattern(grep, { ignoreCase });
        const last = lines.length > half ? lines.at(-1) : undefined;
        const fits = lines
          .filter(({ text }) => compiled.test(text) !== invert)
          .map((each) => ({ ...each, terminated: each !== last, isSame: true }));
        const options = { directory: home.path, name: 'node', grep, ignoreCase, invert };
        expect(await read(options)).toEqual(fits);
        expect(await read({ ...options, shared: true })).toEqual(fits);
        expect(await read({ ...options, lines: 2 })).toEqual(fits.slice(-2));
        const severe = fits.filter(({ level }) => level === 'error');
        expect(await read({ ...options, level: 'error' })).toEqual(severe);
        const asWritten = fits.map(({ text, terminated }) => (terminated ? `${text}\n` : text));
        expect(await written(options)).toEqual(asWritten.join(''));
        expect(await written({ ...options, lines: 2 })).toEqual(asWritten.slice(-2).join(''));
      }),
      { numRuns: 15 },
    );
  });

  it('are told apart by their times', async () => {
    await using home = await temporaryDirectory();
    const line = (second: number) =>
      `t=2026-03-04T09:00:0${second}Z lvl=info data=${'x'.repeat(300_000)}`;
    writeFileSync(join(home.path, 'node.log'), [line(1), line(2), line(3), ''].join('\n'));
    const at = (second: number) => new Date(`2026-03-04T09:00:0${second}Z`);
    const options = { directory: home.path, name: 'node', since: at(2), until: at(2) };
    expect((await read(options)).map(({ text }) => text)).toEqual([line(2)]);
  });

  it('are cut where they are last words', async () => {
    await using home = await temporaryDirectory();
    writeFileSync(join(home.path, 'node.log'), `Fatal: ${'x'.repeat(500_000)}\nthe end\n`);
    const [first = '', second] = await lastLines(home.path, 'node', 2);
    expect(first).toMatch(/^Fatal: x+…$/);
    expect(first).toHaveLength(16 * 1024 + 1);
    expect(second).toBe('the end');
  });
});
