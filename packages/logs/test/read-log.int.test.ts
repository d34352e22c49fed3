import { appendFileSync, closeSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import {
  lastLines,
  openLogStore,
  readLog,
  type LogRecord,
  type ReadOptions,
} from '../src/index.ts';

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
    writeFileSync(join(home.path, 'node.log'), `${lines.join('\n')}\nFatal: bind`);
    const year =
      new Date().getFullYear() - (new Date() < new Date(new Date().getFullYear(), 2, 4) ? 1 : 0);
    expect(await read({ ...log, lines: 1 })).toEqual(['Fatal: bind']);
    expect(
      await read({ ...log, level: 'warn', grep: 'PEER=\\d', ignoreCase: true, lines: 2 }),
    ).toEqual([`${lines[2] ?? ''}\n${lines[3] ?? ''}`, lines[4]]);
    expect(
      await read({
        ...log,
        since: new Date(year, 2, 4, 9, 15, 3),
        until: new Date(year, 2, 4, 9, 15, 3, 500),
      }),
    ).toEqual([lines[1]]);
    expect(await read({ ...log, grep: 'peer', invert: true })).toEqual(['Fatal: bind']);
    expect(await lastLines(home.path, 'node', 2)).toEqual([lines[4], 'Fatal: bind']);
    expect(await lastLines(home.path, 'node', 0)).toEqual([]);
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

  it('gives all that is there when a following is finished, an unfinished last line too', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: join(home.path, 'logs'), name: 'node' });
    const descriptor = store.openForAppend();
    const finish = new AbortController();
    const log = { directory: join(home.path, 'logs'), name: 'node', lines: 0, follow: true };
    const reading = read({ ...log, finish: finish.signal });
    appendFileSync(descriptor, 'one\ntwo');
    finish.abort();
    expect((await reading).slice(-1)).toEqual(['two']);
    closeSync(descriptor);
  });
});
