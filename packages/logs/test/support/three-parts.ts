import { appendFileSync, utimesSync } from 'node:fs';
import { fakeClock } from '@wemixvisor/testkit';
import { readLog, openLogStore } from '../../src/index.ts';
import type { LogStoreOptions } from '../../src/store/options.ts';
import type { ReadOptions } from '../../src/read/read-options.ts';

/** When the log begins, in local time: geth's terminal format names no zone. */
const start = new Date(2026, 2, 4, 9, 0, 0);
/** After the last line. geth's terminal format names no year either: it is told by when the file was last changed. */
export const writtenAt = new Date(2026, 2, 4, 12, 0, 0);

/** So many seconds after the log begins. */
export const at = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);

const two = (value: number): string => String(value).padStart(2, '0');

/** A line of that second, as geth writes it. */
export function line(seconds: number, level = 'INFO '): string {
  const time = at(seconds);
  const day = `${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return `${level}[${day}|${clock}.000] line ${seconds} of the node${' '.repeat(20)}peers=${seconds % 7}`;
}

/** A log in three parts, two rotated and a live one, with a line a second: its records, oldest first. */
export async function writeThreeParts(
  directory: string,
  options: Partial<LogStoreOptions> = {},
): Promise<string[]> {
  const log = { directory, name: 'node', compress: false, ...options };
  const store = openLogStore(log, { clock: fakeClock(writtenAt.getTime()) });
  const lines = Array.from({ length: 3000 }, (_, second) =>
    second % 100 === 99 ? `${line(second, 'WARN ')}\n  continued` : line(second),
  );
  for (const part of [lines.slice(0, 1000), lines.slice(1000, 2000)]) {
    appendFileSync(store.livePath, `${part.join('\n')}\n`);
    await store.rotate(null);
  }
  appendFileSync(store.livePath, `${lines.slice(2000).join('\n')}\n`);
  utimesSync(store.livePath, writtenAt, writtenAt);
  await store.dispose();
  return lines;
}

/** The wanted records as text. */
export async function read(options: ReadOptions): Promise<string[]> {
  const found: string[] = [];
  for await (const { bytes } of readLog(options)) found.push(Buffer.from(bytes).toString('latin1'));
  return found;
}
