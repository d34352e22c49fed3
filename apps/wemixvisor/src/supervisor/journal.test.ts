import { readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openLogStore, readLog, type LogStore } from '@wemixvisor/logs';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../settings/settings.ts';
import { openJournal } from './journal.ts';

async function journal(level: Settings['logLevel'], { earlier = '' } = {}) {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'wemixvisor.log');
  if (earlier !== '') writeFileSync(file, earlier, { mode: 0o644 });
  const echoed: string[] = [];
  const echo = (line: string) => void echoed.push(line);
  const { journal: log, close } = openJournal({ directory: folder.path, level, echo });
  log.debug({ event: 'tick' }, 'a detail');
  log.info({ event: 'state', to: 'running' }, 'starting → running');
  log.error('two\nlines');
  await close();
  return { text: readFileSync(file, 'utf8'), mode: statSync(file).mode & 0o777, echoed };
}

const parsed = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the journal', () => {
  it('has one JSON object a line, with the time and the level in words', async () => {
    const { text } = await journal('info');
    expect(parsed(text)).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        event: 'state',
        to: 'running',
        msg: 'starting → running',
      },
      { level: 'error', time: expect.any(String), msg: 'two\nlines' },
    ]);
  });

  it.each([
    ['debug', 3],
    ['info', 2],
    ['warn', 1],
    ['error', 1],
  ] as const)('at level %s has %i of the three', async (level, count) => {
    const { text, echoed } = await journal(level);
    expect(parsed(text)).toHaveLength(count);
    expect(echoed.join('')).toBe(text);
  });

  it('goes on behind what is there, and takes it from the eyes of others', async () => {
    const { text, mode } = await journal('error', { earlier: '{"msg":"before"}\n' });
    expect(text).toMatch(/^\{"msg":"before"\}\n\{"level":"error"/);
    expect(mode).toBe(0o600);
  });

  it('takes another level at run time', async () => {
    await using folder = await temporaryDirectory();
    const { journal: log, close } = openJournal({ directory: folder.path, level: 'warn' });
    log.info('not yet');
    log.level = 'debug';
    log.debug('now');
    await close();
    expect(parsed(readFileSync(join(folder.path, 'wemixvisor.log'), 'utf8'))).toMatchObject([
      { level: 'debug', msg: 'now' },
    ]);
  });

  it('is rotated by size, keeps as many files as it should, and is read as one log', async () => {
    await using folder = await temporaryDirectory();
    const { path: directory } = folder;
    const options = { directory, level: 'info', maxSizeBytes: 8_192, maxFiles: 2 } as const;
    const { journal: log, close } = openJournal(options);
    const filler = 'x'.repeat(1_000);
    for (let written = 0; written < 50; written += 1) {
      log.info({ written, filler }, 'event');
      if (written % 10 < 9) continue;
      await waitFor(() => statSync(join(directory, 'wemixvisor.log')).size === 0);
    }
    const segments = () =>
      new Set(readdirSync(directory).flatMap((name) => /^wemixvisor-[^.]+/.exec(name) ?? [])).size;
    await waitFor(() => segments() === 2);
    log.info({ written: 50 }, 'event');
    await close();
    const numbers: number[] = [];
    for await (const record of readLog({ directory, name: 'wemixvisor', lines: 1_000 })) {
      numbers.push((JSON.parse(record.bytes.toString()) as { written: number }).written);
    }
    expect(numbers).toEqual(Array.from({ length: 21 }, (_, at) => 30 + at));
  });

  it('never throws on a full disk, counts what is lost and says it once there is room', async () => {
    await using folder = await temporaryDirectory();
    let room = Number.POSITIVE_INFINITY;
    const write = (descriptor: number, bytes: Buffer) => {
      if (room === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      const part = bytes.subarray(0, room);
      room -= part.length;
      return writeSync(descriptor, part);
    };
    const { journal: log, close } = openJournal({ directory: folder.path, level: 'info', write });
    log.info('first');
    room = 10;
    log.info('torn');
    log.info('lost');
    room = Number.POSITIVE_INFINITY;
    log.info('after');
    log.info('last');
    await close();
    const lines = readFileSync(join(folder.path, 'wemixvisor.log'), 'utf8').trimEnd().split('\n');
    expect(lines[1]).toHaveLength(10);
    expect(
      [lines[0], ...lines.slice(2)].map((line) => JSON.parse(line ?? '') as object),
    ).toMatchObject([
      { msg: 'first' },
      { event: 'journal-lost', lines: 2, level: 'warn' },
      { msg: 'after' },
      { msg: 'last' },
    ]);
  });

  it('is not filled by what goes wrong again and again, and says how much it left out', async () => {
    await using folder = await temporaryDirectory();
    const echoed: string[] = [];
    const { journal: log, close } = openJournal({
      ...{ directory: folder.path, level: 'info' },
      echo: (line) => echoed.push(line),
    });
    for (let index = 0; index < 900; index += 1) {
      log.warn({ event: 'log' }, 'too many open files');
      if (index < 12) log.info('the operator asked for: rotate-log');
    }
    await close();
    const text = readFileSync(join(folder.path, 'wemixvisor.log'), 'utf8');
    expect(parsed(text).filter(({ level }) => level === 'info')).toHaveLength(12);
    const wrong = parsed(text).filter(({ level }) => level === 'warn');
    expect(wrong).toHaveLength(11);
    expect(wrong.at(-1)).toEqual({
      ...{ level: 'warn', time: expect.any(String), event: 'journal-repeated', lines: 890 },
      msg: '890 more line(s) within a minute are left out, like this one: {"level":"warn","event":"log","msg":"too many open files"}',
    });
    expect(echoed.join('')).toBe(text);
  });

  it('says once that it cannot be rotated, and once that it can again', async () => {
    await using folder = await temporaryDirectory();
    const { path: directory } = folder;
    const failures: (Error | 'failed' | null)[] = [
      new Error('EIO'),
      'failed',
      'failed',
      null,
      null,
    ];
    let tried = 0;
    const openStore = (options: Parameters<typeof openLogStore>[0]): LogStore => ({
      ...openLogStore(options),
      rotateIfDue: () => {
        const failure = failures[tried++] ?? null;
        if (failure instanceof Error) return Promise.reject(failure);
        return Promise.resolve(
          failure === null
            ? { rotated: true, at: new Date(0), segment: 's', bytes: 1, pauseMs: 0 }
            : { rotated: false, at: new Date(0), reason: failure, error: null, message: '' },
        );
      },
    });
    const options = { directory, level: 'info', maxSizeBytes: 4_096, openStore } as const;
    const { journal: log, close } = openJournal(options);
    const filler = 'x'.repeat(4_096);
    for (const at of failures.keys()) {
      log.info({ filler }, 'event');
      expect(tried).toBe(at + 1);
      await new Promise(setImmediate);
    }
    await close();
    const text = readFileSync(join(directory, 'wemixvisor.log'), 'utf8');
    expect(parsed(text).filter(({ event }) => /rotat/.test(String(event)))).toEqual([
      {
        ...{ level: 'warn', time: expect.any(String), event: 'journal-rotation-failed' },
        msg: 'this log could not be rotated and grows on: EIO; it is tried again',
      },
      {
        ...{ level: 'info', time: expect.any(String), event: 'journal-rotated-again' },
        msg: 'this log is rotated again',
      },
    ]);
  });
});
