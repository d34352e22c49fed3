import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { findBinary } from './find-binary.ts';

const current = '/nowhere/current';

async function folderWith(...names: readonly string[]) {
  const folder = await temporaryDirectory();
  for (const name of names) writeFileSync(join(folder.path, name), '', { mode: 0o755 });
  return folder;
}

describe('findBinary', () => {
  it('prefers geth to gwemix on PATH', async () => {
    await using folder = await folderWith('gwemix', 'geth');
    const places = { cwd: '/', searchPath: `/nowhere:${folder.path}`, current };
    expect(findBinary(null, places)).toBe(join(folder.path, 'geth'));
  });

  it('looks a bare name up on PATH', async () => {
    await using folder = await folderWith('bsc');
    expect(findBinary('bsc', { cwd: '/', searchPath: folder.path, current })).toBe(
      join(folder.path, 'bsc'),
    );
  });

  it('takes a path from the current folder', async () => {
    await using folder = await folderWith('geth');
    expect(findBinary('./geth', { cwd: folder.path, searchPath: '', current })).toBe(
      join(folder.path, 'geth'),
    );
    expect(findBinary('geth', { cwd: folder.path, searchPath: undefined, current })).toBe(
      join(folder.path, 'geth'),
    );
  });

  it('passes over what is not executable on PATH', async () => {
    await using first = await folderWith('geth');
    await using second = await folderWith('geth');
    chmodSync(join(first.path, 'geth'), 0o644);
    const searchPath = `${first.path}:${second.path}`;
    expect(findBinary(null, { cwd: '/', searchPath, current })).toBe(join(second.path, 'geth'));
  });

  it('says what is wrong and what to do', async () => {
    await using folder = await folderWith('plain');
    chmodSync(join(folder.path, 'plain'), 0o644);
    mkdirSync(join(folder.path, 'folder'));
    const find = (name: string | null) => () =>
      findBinary(name, { cwd: folder.path, searchPath: '/nowhere', current });
    expect(find(null)).toThrow('no geth or gwemix on PATH');
    expect(find('missing')).toThrow('does not exist');
    expect(find('./plain')).toThrow('may not be executed');
    expect(find('./folder')).toThrow('is not a file');
  });

  it('follows the link of the last upgrade to the program itself', async () => {
    await using folder = await folderWith('geth');
    const link = join(folder.path, 'current');
    const places = { cwd: '/', searchPath: '', current: link };
    expect(() => findBinary('current', places)).toThrow('--binary current: there is no');
    symlinkSync('geth', link);
    expect(findBinary('current', places)).toBe(join(folder.path, 'geth'));
  });
});
