import { mkdirSync } from 'node:fs';
import { initialLifecycle } from '@wemixvisor/process';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { homePaths } from './home-paths.ts';
import { runSpan } from './run-span.ts';
import { writeState, type NodeStart } from './state-file.ts';

/** The span of a run in a home whose node was started at these times. */
async function spanOf(run: number, starts: readonly NodeStart[]) {
  await using folder = await temporaryDirectory();
  const paths = homePaths(folder.path, { temporaryDirectory: folder.path, uid: 1 });
  mkdirSync(paths.run);
  const { socket, state } = paths;
  writeState(state, {
    lifecycle: initialLifecycle,
    launch: null,
    starts,
    socket,
  });
  return runSpan(paths, run);
}

const [first, second] = [
  { at: 1000, logMark: '10@', program: null },
  { at: 2000, logMark: '20@', program: null },
];

describe('runSpan', () => {
  it('gives the last run no end, and an earlier one ends where and before the next begins', async () => {
    expect(await spanOf(0, [first, second])).toEqual({
      start: new Date(2000),
      end: null,
      after: '20@',
      before: null,
    });
    expect(await spanOf(-1, [first, second])).toEqual({
      start: new Date(1000),
      end: new Date(1999),
      after: '10@',
      before: '20@',
    });
  });

  it('names the oldest run that is known', async () => {
    await expect(spanOf(-2, [first, second])).rejects.toThrow(
      /--run -2: .*; -1 is the oldest known/,
    );
    await expect(spanOf(1, [first])).rejects.toThrow('--run 1: there is no such run');
    await expect(spanOf(0, [])).rejects.toThrow('no start is remembered');
  });
});
