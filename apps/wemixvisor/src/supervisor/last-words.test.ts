import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { homePaths } from '../state/home-paths.ts';
import { lastWords } from './last-words.ts';

/** The last words of a node that wrote so many numbered lines, `panic: ` before one of them. */
async function wordsOf(lines: number, dumpAt: number | null, evidence: string | undefined) {
  await using folder = await temporaryDirectory();
  const paths = homePaths(folder.path, { temporaryDirectory: '/tmp', uid: -1 });
  mkdirSync(paths.logs);
  const text = Array.from({ length: lines }, (_, at) =>
    at === dumpAt ? 'panic: boom\n' : `line ${at} panic: boom\n`,
  );
  writeFileSync(join(paths.logs, 'node.log'), text.join(''));
  return await lastWords(paths, { after: null, evidence });
}

describe('the last words of a node', () => {
  it('are its last 50 lines', async () => {
    const { last_lines: last, dump_lines: dump } = await wordsOf(60, null, undefined);
    expect(last).toHaveLength(50);
    expect(last.at(-1)).toBe('line 59 panic: boom');
    expect(dump).toEqual([]);
  });

  it('have the beginning of a dump too, where that is further up', async () => {
    const { last_lines: last, dump_lines: dump } = await wordsOf(400, 100, 'panic: boom');
    expect(last[0]).toBe('line 350 panic: boom');
    expect(dump).toHaveLength(200);
    expect(dump.slice(0, 2)).toEqual(['panic: boom', 'line 101 panic: boom']);
  });

  it('have it once where it is among the last lines, or not there at all', async () => {
    expect((await wordsOf(60, 10, 'panic: boom')).dump_lines).toEqual([]);
    expect((await wordsOf(61, 10, 'panic: boom')).dump_lines).toHaveLength(51);
    expect((await wordsOf(200, null, 'panic: boom')).dump_lines).toEqual([]);
    expect((await wordsOf(200, 10, '')).dump_lines).toEqual([]);
  });
});
