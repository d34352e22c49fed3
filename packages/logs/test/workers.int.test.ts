import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fakeClock, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTests, openLogStore, writeLog } from '../src/index.ts';
import { systemWorkers } from '../src/read/workers/worker-limits.ts';
import { line, writtenAt } from './support/three-parts.ts';

type Options = Parameters<typeof writeLog>[0];
type Take = (bytes: Buffer) => void | Promise<void>;

const alone = { most: 1 };

/** Workers that start with the second block, and all that were started. */
function atOnce(start = systemWorkers.start) {
  const started: Worker[] = [];
  const limits = {
    most: 2,
    afterMs: 0,
    restBytes: 1,
    bytesPerMs: Infinity,
    start(setup: unknown) {
      const worker = start?.(setup);
      if (worker === undefined) throw new Error('the program of a worker is missing');
      started.push(worker);
      return worker;
    },
  };
  /** What has ended has no number any more. */
  const running = () => started.filter(({ threadId }) => threadId >= 0).length;
  return { limits, started, running };
}

async function written(
  options: Options,
  workers: Partial<typeof systemWorkers> = alone,
): Promise<string> {
  const pieces: Buffer[] = [];
  await writeLog(options, (bytes) => void pieces.push(Buffer.from(bytes)), { workers });
  return Buffer.concat(pieces).toString('latin1');
}

/** Writes by workers what one thread writes, and says how many there were. */
async function expectSame(options: Options): Promise<number> {
  const { limits, started, running } = atOnce();
  const progress = { bytes: 0, of: 0 };
  expect((await written({ ...options, progress }, limits)) === (await written(options))).toBe(true);
  expect(progress.bytes).toBe(progress.of);
  expect(running()).toBe(0);
  // Piped to that of the program, it would change how that one is written.
  expect(started.some(({ stdout }) => stdout.readableFlowing === true)).toBe(false);
  return started.length;
}

const word = fc.string({
  unit: fc.constantFrom(...Array.from('ab1_=" \\,.é\u0085𝄞{}\u001b\t\u007f')),
  maxLength: 8,
});
const hostile = fc.oneof(
  fc.tuple(word, word).map(([key, value]) => `INFO [03-04|09:15:02.118] ${key} ${key}=${value}`),
  fc
    .tuple(word, word)
    .map(([key, value]) => `t=2026-03-04T09:15:02Z lvl=eror msg="${key}" a=${value}`),
  word.map((msg) => JSON.stringify({ t: '2026-03-04T09:15:02.118204Z', lvl: 'warn', msg })),
  word,
  fc.constantFrom('panic: no', '', '\r', 'INFO [02-30|09:15:02.118] on no day', '"'.repeat(9000)),
);

/** Lines that repeat until they are several blocks, each time a little different. */
function blocksOf(lines: readonly string[], bytes = 1_700_000): string {
  let text = '';
  for (let turn = 0; text.length < bytes; turn += 1) text += `${lines.join('\n')} ${turn}\n`;
  return text;
}

describe('worker threads', () => {
  it('write the bytes that one thread writes, whatever the lines are', async () => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node' };
    await fc.assert(
      fc.asyncProperty(
        fc.array(hostile, { minLength: 1, maxLength: 40 }),
        fc.constantFrom<Partial<Options>>(
          { json: 'no"de' },
          { json: 'node', grep: '[aé]', ignoreCase: true },
          { tests: compileTests({ where: 'a!=1 or level=warn' }).tests },
          { grep: 'a', invert: true },
        ),
        async (lines, options) => {
          writeFileSync(join(home.path, 'node.log'), blocksOf(lines));
          expect(await expectSame({ ...log, ...options })).toBe(1);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('write what is in compressed segments and in lines longer than a block', async () => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node' };
    const clock = fakeClock(writtenAt.getTime());
    const store = openLogStore(log, { clock });
    const lines = Array.from({ length: 36_000 }, (_, second) =>
      second % 100 === 99 ? `${line(second % 9000, 'WARN ')}\n  continued` : line(second % 9000),
    );
    lines[18_000] = `${line(0)} data=${'\u001b[31m"é'.repeat(60_000)}`;
    for (const part of [0, 12_000]) {
      appendFileSync(store.livePath, `${lines.slice(part, part + 12_000).join('\n')}\n`);
      await store.rotate(null);
    }
    store.watch(() => null);
    await clock.advance(0);
    const compressed = async () => {
      await clock.advance(60_000);
      return store.figures.compressed === 2;
    };
    await waitFor(compressed, { what: 'two compressions', everyMs: 5 });
    appendFileSync(store.livePath, `${lines.slice(24_000).join('\n')}\nINFO [03-04|unfinished`);
    await store.dispose();
    const asked: Partial<Options>[] = [
      { json: 'node' },
      { json: 'node', level: 'warn', grep: 'continued' },
      { tests: compileTests({ where: 'peers<3', message: '[02468] of' }).tests },
      { level: 'warn', since: new Date(writtenAt.getTime() - 9_000_000), until: writtenAt },
      { grep: 'peers=[0-3]$' },
    ];
    for (const options of asked) expect(await expectSame({ ...log, ...options })).toBe(1);
  });

  it('are not started for what follows, for the last lines, nor for what counts', async () => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node', json: 'node' };
    writeFileSync(join(home.path, 'node.log'), blocksOf([line(1), line(2)]));
    const { tests } = compileTests({ mute: ['1 of'] });
    const { limits, started } = atOnce();
    const finish = AbortSignal.abort();
    for (const options of [
      { lines: 9_000 },
      { follow: true, finish },
      { tests },
      { context: { before: 1, after: 0 } },
    ]) {
      expect(await written({ ...log, ...options }, limits)).not.toBe('');
    }
    expect(await written({ ...log }, { ...limits, most: 1 })).not.toBe('');
    expect(await written({ ...log }, { ...limits, restBytes: 2_000_000 })).not.toBe('');
    expect(started).toHaveLength(0);
  });

  describe('that are interrupted', () => {
    const text = blocksOf([line(1), line(2)], 4_000_000);

    async function interrupted(options: Partial<Options>, take: Take, start = systemWorkers.start) {
      await using home = await temporaryDirectory();
      writeFileSync(join(home.path, 'node.log'), text);
      const { limits, started, running } = atOnce(start);
      const log = { directory: home.path, name: 'node', json: 'node' };
      const outcome = await writeLog({ ...log, ...options }, take, { workers: limits }).then(
        () => 'resolved',
        (error: unknown) => String(error),
      );
      expect(started).toHaveLength(1);
      expect(running()).toBe(0);
      return outcome;
    }

    it('end with the reading that is aborted', async () => {
      const controller = new AbortController();
      let pieces = 0;
      const outcome = await interrupted({ signal: controller.signal }, () => {
        pieces += 1;
        if (pieces === 4) controller.abort();
      });
      expect([outcome, pieces]).toEqual(['resolved', 4]);
    });

    it('end while their answer is waited for', async () => {
      const controller = new AbortController();
      const start = () => {
        setImmediate(() => controller.abort());
        return new Worker('require("node:worker_threads").parentPort.on("message", () => {})', {
          eval: true,
        });
      };
      expect(await interrupted({ signal: controller.signal }, () => undefined, start)).toBe(
        'resolved',
      );
    });

    it('end with the error of who takes what they write', async () => {
      let pieces = 0;
      const outcome = await interrupted({}, () => {
        pieces += 1;
        return pieces < 4 ? undefined : Promise.reject(new Error('the disk is full'));
      });
      expect(outcome).toBe('Error: the disk is full');
    });

    it.each([
      ['throw new Error("broken")', 'Error: broken'],
      ['process.exit(3)', 'Error: a worker thread ended with 3'],
    ])('make the reading fail: %s', async (code, error) => {
      const start = () => new Worker(code, { eval: true });
      expect(await interrupted({}, () => undefined, start)).toBe(error);
    });
  });
});
