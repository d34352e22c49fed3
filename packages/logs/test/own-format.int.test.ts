import { appendFileSync } from 'node:fs';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { openLogStore, readLog } from '../src/index.ts';

/** `MILLISECONDS LEVEL text`, of which nothing is like a format that is known. */
const parse = (text: string) => {
  const [, time, level, message] = /^(\d+) (info|error) (.*)$/s.exec(text) ?? [];
  if (message === undefined) return null;
  return { time: new Date(Number(time)), level: level as 'info' | 'error', message };
};

it('reads, filters and finds records by a format of the caller', async () => {
  await using home = await temporaryDirectory();
  const store = openLogStore({ directory: home.path, name: 'node', compress: false });
  const begin = Date.now() - 40_000;
  const lines = Array.from(
    { length: 40_000 },
    (_, at) => `${begin + at} ${at % 1_000 === 0 ? 'error' : 'info'} number ${at}\n`,
  );
  appendFileSync(store.livePath, lines.slice(0, 20_000).join(''));
  await store.rotate(null);
  appendFileSync(store.livePath, lines.slice(20_000).join(''));
  const messages: string[] = [];
  const options = {
    directory: home.path,
    name: 'node',
    level: 'error',
    since: new Date(begin + 17_500),
  } as const;
  for await (const { message, format, level } of readLog({ ...options, parse })) {
    messages.push(message);
    expect([format, level]).toEqual(['own', 'error']);
  }
  expect(messages).toHaveLength(22);
  expect(messages.slice(0, 2)).toEqual(['number 18000', 'number 19000']);
  await store.dispose();
});
