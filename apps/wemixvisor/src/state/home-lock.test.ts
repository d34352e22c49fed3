import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifyProcess } from '@wemixvisor/process';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { acquireHomeLock } from './home-lock.ts';

const self = () => {
  const identity = identifyProcess(process.pid);
  if (identity === undefined) throw new Error('this process has no identity');
  return identity;
};

/** Another living process, by name only: this test's parent. */
const parent = () => {
  const identity = identifyProcess(process.ppid);
  if (identity === undefined) throw new Error('the parent has no identity');
  return identity;
};

describe('the lock of a home', () => {
  it('is taken, and free again after its release', async () => {
    await using folder = await temporaryDirectory();
    const first = await acquireHomeLock(folder.path, process.pid);
    expect(readdirSync(folder.path)).toEqual(['lock.1']);
    first.lock?.release();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is refused while another process lives that has it', async () => {
    await using folder = await temporaryDirectory();
    writeFileSync(join(folder.path, 'lock.4'), JSON.stringify(parent()));
    const refused = await acquireHomeLock(folder.path, process.pid);
    expect(refused).toEqual({ lock: null, heldBy: process.ppid });
    expect(readdirSync(folder.path)).toEqual(['lock.4']);
  });

  it('passes over locks of the dead: a reused pid, another boot, a damaged file', async () => {
    await using folder = await temporaryDirectory();
    const put = (name: string, content: unknown) =>
      writeFileSync(join(folder.path, name), JSON.stringify(content));
    put('lock.1', { ...parent(), startTime: '1' });
    put('lock.2', { ...parent(), bootId: 'an earlier boot' });
    put('lock.3', 'half a fi');
    writeFileSync(join(folder.path, 'lock.4'), '{"pid":');
    const { lock } = await acquireHomeLock(folder.path, process.pid);
    expect(lock).not.toBeNull();
    expect(readdirSync(folder.path)).toEqual(['lock.5']);
  });

  it('gives way where another holder shows up between its own claim and its look around', async () => {
    await using folder = await temporaryDirectory();
    // The slow contender's own claim stands already when it looks around, and so does a rival's.
    writeFileSync(join(folder.path, 'lock.1'), JSON.stringify(self()));
    writeFileSync(join(folder.path, 'lock.2'), JSON.stringify(parent()));
    expect(await acquireHomeLock(folder.path, process.pid)).toMatchObject({ heldBy: process.ppid });
  });
});
