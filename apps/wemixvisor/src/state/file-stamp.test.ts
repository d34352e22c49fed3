import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fileStamp, isReplaced } from './file-stamp.ts';

describe('isReplaced', () => {
  it('tells another file in the place of a program, and none, from the one that was there', async () => {
    await using folder = await temporaryDirectory();
    const [program, next] = [join(folder.path, 'geth'), join(folder.path, 'geth.new')];
    writeFileSync(program, 'old');
    writeFileSync(next, 'new');
    const stamp = fileStamp(program);
    expect(isReplaced(program, stamp)).toBe(false);
    renameSync(next, program);
    expect(isReplaced(program, stamp)).toBe(true);
    rmSync(program);
    expect(isReplaced(program, stamp)).toBe(true);
  });

  it('does not know what it cannot know', () => {
    expect(fileStamp('/nowhere/geth')).toBeNull();
    expect(isReplaced('/nowhere/geth', null)).toBeNull();
    expect(isReplaced(undefined, '1:2:3:4')).toBeNull();
  });
});
