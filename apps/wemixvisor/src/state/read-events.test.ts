import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { readEvents, recentEvents } from './read-events.ts';

const time = (second: number) => new Date(Date.UTC(2026, 10, 28, 12, 0, second)).toISOString();
const line = (facts: object) => `${JSON.stringify(facts)}\n`;
const event = (second: number, level = 'info') =>
  line({ level, time: time(second), event: 'command', msg: `event ${second}` });
/** Lines that are no events, more than a block of the reader holds. */
const noise = (second: number) =>
  [
    line({ level: 'debug', time: time(second), event: 'tick', msg: 'tick' }),
    line({ level: 'info', time: time(second), msg: 'no event' }),
    line({ level: 'info', event: 'command', msg: 'without a time' }),
    'x'.repeat(900),
    '\n',
  ]
    .join('')
    .repeat(300)
    .concat('{"torn by a crash","event":\n');

async function journal(live: string) {
  const folder = await temporaryDirectory();
  const rotated = [event(1), noise(1), event(2, 'warn'), noise(2), event(3)].join('');
  writeFileSync(join(folder.path, 'wemixvisor-20261128T120004000Z.log'), rotated);
  writeFileSync(join(folder.path, 'wemixvisor.log'), live);
  return { logs: folder.path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe('the events of a journal', () => {
  it('are counted as events, whatever stands between them, also behind a rotation', async () => {
    await using paths = await journal(`${noise(4)}${event(5)}${noise(5)}`);
    const last = async (request: Parameters<typeof readEvents>[1]) => {
      const messages: string[] = [];
      for await (const { message } of readEvents(paths, request)) messages.push(message);
      return messages;
    };
    const all = [1, 2, 3, 5].map((second) => `event ${second}`);
    expect(await last({ lines: 3 })).toEqual(all.slice(-3));
    expect(await last({ lines: 9 })).toEqual(all);
    expect(await last({ lines: 'all' })).toEqual(all);
    expect(await last({ lines: 0 })).toEqual([]);
    expect(await last({ lines: 2, until: new Date(time(4)) })).toEqual(all.slice(1, 3));
    expect(await last({ lines: 1, since: new Date(time(2)), level: 'warn' })).toEqual(['event 2']);
    expect(await last({ lines: 2, level: 'debug' })).toEqual(all.slice(-2));
    expect(await recentEvents(paths, 1)).toMatchObject([{ message: 'event 5', schema: 1 }]);
  });

  it('are none without a journal', async () => {
    expect(await recentEvents({ logs: '/nowhere' }, 5)).toEqual([]);
  });
});
