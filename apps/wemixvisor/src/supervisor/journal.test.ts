import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../config/settings.ts';
import { openJournal } from './journal.ts';

async function journal(level: Settings['logLevel'], { earlier = '' } = {}) {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'wemixvisor.log');
  if (earlier !== '') writeFileSync(file, earlier, { mode: 0o644 });
  const echoed: string[] = [];
  const log = openJournal(file, level, (line) => echoed.push(line));
  log.debug({ event: 'tick' }, 'a detail');
  log.info({ event: 'state', to: 'running' }, 'starting → running');
  log.error('two\nlines');
  return { text: readFileSync(file, 'utf8'), mode: statSync(file).mode & 0o777, echoed };
}

describe('the journal', () => {
  it('has one JSON object a line, with the time and the level in words', async () => {
    const { text } = await journal('info');
    const lines = text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
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
    expect(text.trimEnd().split('\n')).toHaveLength(count);
    expect(echoed.join('')).toBe(text);
  });

  it('goes on behind what is there, and takes it from the eyes of others', async () => {
    const { text, mode } = await journal('error', { earlier: '{"msg":"before"}\n' });
    expect(text).toMatch(/^\{"msg":"before"\}\n\{"level":"error"/);
    expect(mode).toBe(0o600);
  });
});
