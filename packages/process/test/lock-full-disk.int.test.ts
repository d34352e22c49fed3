import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { acquireLock } from '../src/index.ts';

/** A disk of 64 KiB in a folder of its own; undefined where none can be mounted. */
async function smallDisk() {
  const folder = await temporaryDirectory();
  const call = (program: string, ...args: string[]) =>
    execFileSync(program, args, { stdio: 'ignore' });
  try {
    call('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder.path);
  } catch {
    await folder[Symbol.asyncDispose]();
    return undefined;
  }
  return {
    path: folder.path,
    async [Symbol.asyncDispose]() {
      call('umount', '-l', folder.path);
      await folder[Symbol.asyncDispose]();
    },
  };
}

it('says which file has no room on a full disk, leaves none behind, and is taken once there is room', async (context) => {
  await using disk = await smallDisk();
  if (disk === undefined) return context.skip('a disk can be mounted by root of Linux only');
  const fill = join(disk.path, 'fill');
  expect(() => writeFileSync(fill, Buffer.alloc(1024 * 1024))).toThrow('ENOSPC');
  await expect(acquireLock(disk.path, process.pid)).rejects.toMatchObject({
    code: 'LOCK_FAILED',
    message: expect.stringMatching(/^cannot write \S+lock-draft\.\S+: ENOSPC.*: make room there$/),
  });
  expect(readdirSync(disk.path)).toEqual(['fill']);
  rmSync(fill);
  expect(await acquireLock(disk.path, process.pid)).toMatchObject({ lock: expect.anything() });
});
