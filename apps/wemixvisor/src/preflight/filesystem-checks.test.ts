import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { Holder, HolderSearch } from './port-owner.ts';
import { checkDataDirectory, checkDisk, checkFiles, checkLock } from './filesystem-checks.ts';

/** A search that finds the same holder of everything. */
const finding = (holder: Holder | undefined): HolderSearch => ({
  ofPort: () => Promise.resolve(holder),
  ofLock: () => Promise.resolve(holder),
});

describe('checkDataDirectory', () => {
  it('accepts one that is there, and one that can be made', async () => {
    await using folder = await temporaryDirectory();
    expect(checkDataDirectory(folder.path)).toEqual([]);
    expect(checkDataDirectory(join(folder.path, 'a', 'b'))).toEqual([]);
  });

  it('refuses a file, and what would lie below one', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    for (const directory of [file, join(file, 'data')]) {
      expect(checkDataDirectory(directory)).toMatchObject([
        { severity: 'error', message: `${file} is not a folder` },
      ]);
    }
  });

  // Root may write everywhere.
  it.runIf(process.getuid?.() !== 0)('refuses a folder that may not be written to', async () => {
    await using folder = await temporaryDirectory();
    const closed = join(folder.path, 'closed');
    mkdirSync(closed, { mode: 0o500 });
    expect(checkDataDirectory(closed)).toMatchObject([
      { severity: 'error', message: `${closed} may not be written to` },
    ]);
    expect(checkDataDirectory(join(closed, 'data'))).toMatchObject([
      { message: `${closed}/data does not exist and cannot be made in ${closed}` },
    ]);
  });
});

describe('checkLock', () => {
  async function checking(holder: Holder | undefined, { locked = true, ownPid = 7 } = {}) {
    await using folder = await temporaryDirectory();
    if (locked) writeFileSync(join(folder.path, 'LOCK'), '');
    return await checkLock(folder.path, { search: finding(holder), ownPid });
  }

  it.each([
    ['nobody has it', undefined, {}],
    ['the node itself has it', { pid: 7, name: 'geth' }, {}],
    ['there is no lock', { pid: 8, name: 'geth' }, { locked: false }],
  ])('finds nothing where %s', async (_, holder, options) => {
    expect(await checking(holder, options)).toEqual([]);
  });

  it('names who has the data', async () => {
    const [problem] = await checking({ pid: 8, name: 'geth' });
    expect(problem).toMatchObject({ severity: 'error' });
    expect(problem?.message).toMatch(/ is in use by geth \(pid 8\)$/);
    const [hidden] = await checking({ pid: null, name: 'another process' });
    expect(hidden?.message).toMatch(/ is in use by another process$/);
  });
});

describe('checkFiles', () => {
  it('names the option of each file that is missing', async () => {
    await using folder = await temporaryDirectory();
    const there = join(folder.path, 'there');
    mkdirSync(there);
    const file = (flag: string, path: string) => ({ flag, path, purpose: 'a secret' });
    expect(checkFiles([file('config', there), file('password', '/nowhere/pw')])).toEqual([
      {
        check: 'file',
        severity: 'error',
        message: '/nowhere/pw (a secret) does not exist',
        remedy: 'correct --password',
      },
    ]);
  });
});

describe('checkDisk', () => {
  it('is content, warns or refuses by what is left', async () => {
    await using folder = await temporaryDirectory();
    expect(checkDisk(join(folder.path, 'data'), 1)).toEqual([]);
    const [full] = checkDisk(folder.path, Number.MAX_SAFE_INTEGER);
    expect(full).toMatchObject({ check: 'disk', severity: 'error' });
    const free = Number(/^(\d+) MiB free/.exec(full?.message ?? '')?.[1]) * 1024 ** 2;
    // Room for what other processes write meanwhile: anything from half of it to all of it warns.
    expect(checkDisk(folder.path, free * 0.75)).toMatchObject([{ severity: 'warning' }]);
  });
});
