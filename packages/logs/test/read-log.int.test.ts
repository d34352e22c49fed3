import { appendFileSync, closeSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { lastLines, openLogStore, readLog, writeLog, type LogRecord } from '../src/index.ts';
import type { ReadOptions } from '../src/read/read-options.ts';

const text = ({ bytes }: LogRecord): string => Buffer.from(bytes).toString('latin1');

async function read(options: ReadOptions): Promise<string[]> {
  const found: string[] = [];
  for await (const record of readLog(options)) found.push(text(record));
  return found;
}

describe('readLog', () => {
  it('gives the last lines, oldest first, filtered by everything at once', async () => {
    await using home = await temporaryDirectory();
    const log = { directory: home.path, name: 'node' };
    const lines = [
      'INFO [03-04|09:15:02.000] one peer=1',
      'WARN [03-04|09:15:03.000] two peer=2',
      'WARN [03-04|09:15:04.000] three',
      '  and its second line peer=3',
      'WARN [03-04|09:15:05.000] four peer=4',
    ];
    const live = join(home.path, 'node.log');
    writeFileSync(live, `${lines.join('\n')}\nFatal: bind`);
    // The lines name no year: it is told by when the file was last changed.
    utimesSync(live, new Date(2024, 2, 5), new Date(2024, 2, 5));
    expect(await read({ ...log, lines: 1 })).toEqual(['Fatal: bind']);
    expect(
      await read({ ...log, level: 'warn', grep: 'PEER=\\d', ignoreCase: true, lines: 2 }),
    ).toEqual([`${lines[2] ?? ''}\n${lines[3] ?? ''}`, lines[4]]);
    expect(
      await read({
        ...log,
        since: new Date(2024, 2, 4, 9, 15, 3),
        until: new Date(2024, 2, 4, 9, 15, 3, 500),
      }),
    ).toEqual([lines[1]]);
    expect(await read({ ...log, grep: 'peer', invert: true })).toEqual(['Fatal: bind']);
    expect(await lastLines(home.path, 'node', 2)).toEqual([lines[4], 'Fatal: bind']);
    expect(await lastLines(home.path, 'node', 0)).toEqual([]);
  });

  it('tells the same level before a record is parsed and after', async () => {
    await using home = await temporaryDirectory();
    const clock = '[03-04|09:15:02.000]';
    const lines = [
      ...['TRACE', 'DEBUG', 'DBUG ', 'INFO ', 'WARN ', 'ERROR', 'EROR ', 'CRIT '].map(
        (name) => `${name}${clock} said n=1`,
      ),
      ...[`WOOF ${clock} said`, 'WARN [03-04|09:15] short', `[WARN] ${clock} of Erigon`],
    ];
    writeFileSync(join(home.path, 'node.log'), `${lines.join('\n')}\n`);
    const levels: (string | null)[] = [];
    for await (const record of readLog({ directory: home.path, name: 'node' })) {
      const { level } = record;
      expect(record.message).not.toBe(''); // parsed
      expect(record.level).toBe(level);
      levels.push(level);
    }
    expect(levels.slice(0, 5)).toEqual(['trace', 'debug', 'debug', 'info', 'warn']);
    expect(levels.slice(5, 8)).toEqual(['error', 'error', 'crit']);
  });

  // A single wait would last five seconds, and the log is listed many times.
  it('does not wait for a truncation that a dead process left', { timeout: 9000 }, async () => {
    await using home = await temporaryDirectory();
    const lines = Array.from({ length: 40_000 }, (_, line) => `${line} of a line`);
    writeFileSync(join(home.path, 'node.log'), `${lines.join('\n')}\n`);
    const journal = join(home.path, 'node.rotation');
    writeFileSync(journal, '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(journal, longAgo, longAgo);
    expect(await read({ directory: home.path, name: 'node' })).toEqual(lines);
  });

  it('writes the same bytes as it reads, whatever they are, and in few pieces', async () => {
    await using home = await temporaryDirectory();
    const bytes = Buffer.concat([
      Buffer.from('WARN [03-04|09:15:02.000] one\r\n\0\0\n'),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from('INFO [03-04|09:15:02.000] two µ\n'.repeat(10_000)),
      Buffer.from(`${'x'.repeat(1_000_000)}\nWARN [03-04|09:15:02.000] last, unfinished`),
    ]);
    writeFileSync(join(home.path, 'node.log'), bytes);
    const written = async (options: Partial<ReadOptions>): Promise<Buffer> => {
      const pieces: Buffer[] = [];
      await writeLog({ directory: home.path, name: 'node', ...options }, (piece) => {
        pieces.push(Buffer.from(piece));
      });
      return Buffer.concat(pieces);
    };
    expect((await written({})).equals(bytes)).toBe(true);
    expect((await written({ lines: 1 })).toString()).toContain('last, unfinished');
    for (const options of [{ grep: 'WARN' }, { grep: 'two', invert: true }, { lines: 5000 }]) {
      const log = { directory: home.path, name: 'node', ...options };
      const records: Buffer[] = [];
      for await (const record of readLog(log)) {
        records.push(Buffer.from(record.bytes), Buffer.from(record.terminated ? '\n' : ''));
      }
      expect((await written(options)).equals(Buffer.concat(records))).toBe(true);
    }
    const stop = new AbortController();
    await writeLog({ directory: home.path, name: 'node', signal: stop.signal }, async (piece) => {
      expect(piece.length).toBeLessThan(bytes.length);
      stop.abort();
      await Promise.resolve();
    });
  });

  it('is empty for a log that is not there', async () => {
    await using home = await temporaryDirectory();
    expect(await read({ directory: join(home.path, 'none'), name: 'node' })).toEqual([]);
  });

  it('follows what is appended, and ends when aborted', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: join(home.path, 'logs'), name: 'node' });
    const descriptor = store.openForAppend();
    expect(statSync(store.livePath).mode & 0o777).toBe(0o600);
    appendFileSync(descriptor, 'before\n');
    const stop = new AbortController();
    const found: string[] = [];
    const reading = (async () => {
      const options = { directory: join(home.path, 'logs'), name: 'node', lines: 1, follow: true };
      for await (const record of readLog({ ...options, signal: stop.signal }))
        found.push(text(record));
    })();
    await waitFor(() => found.length === 1, { what: 'the line before' });
    appendFileSync(descriptor, 'after\n');
    await waitFor(() => found.length === 2, { what: 'the line after' });
    stop.abort();
    await reading;
    closeSync(descriptor);
    expect(found).toEqual(['before', 'after']);
  });
});
