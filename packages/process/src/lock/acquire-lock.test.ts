import { linkSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { ProcessIdentity } from '../platform/platform.ts';
import { identifyProcess } from '../process-identity.ts';
import { acquireLock } from './acquire-lock.ts';

function identity(pid: number): ProcessIdentity {
  const found = identifyProcess(pid);
  if (found === undefined) throw new Error(`process ${pid} has no identity`);
  return found;
}

/** Another living process, by name only: this test's parent. */
const parent = () => identity(process.ppid);

describe('the lock of a folder', () => {
  it('is taken, and free again after its release', async () => {
    await using folder = await temporaryDirectory();
    const first = await acquireLock(folder.path, process.pid);
    expect(readdirSync(folder.path)).toEqual(['lock.1']);
    first.lock?.release();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is readable by its holder alone, and held for the given process', async () => {
    await using folder = await temporaryDirectory();
    await acquireLock(folder.path, process.pid);
    const file = join(folder.path, 'lock.1');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(identity(process.pid));
  });

  it('cannot be held for a process that does not exist', async () => {
    await using folder = await temporaryDirectory();
    await expect(acquireLock(folder.path, -1)).rejects.toMatchObject({ code: 'LOCK_FAILED' });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is refused while another process lives that has it', async () => {
    await using folder = await temporaryDirectory();
    writeFileSync(join(folder.path, 'lock.4'), JSON.stringify(parent()));
    const refused = await acquireLock(folder.path, process.pid);
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
    const { lock } = await acquireLock(folder.path, process.pid);
    expect(lock).not.toBeNull();
    expect(readdirSync(folder.path)).toEqual(['lock.5']);
  });

  it('counts on beyond one digit, whatever the order of the names', async () => {
    await using folder = await temporaryDirectory();
    for (const number of [9, 10, 101]) writeFileSync(join(folder.path, `lock.${number}`), '{}');
    writeFileSync(join(folder.path, 'lock.x'), 'not a lock');
    const { lock } = await acquireLock(folder.path, process.pid);
    expect(lock).not.toBeNull();
    expect(readdirSync(folder.path).toSorted()).toEqual(['lock.102', 'lock.x']);
  });

  it('sees a holder whose number has two digits', async () => {
    await using folder = await temporaryDirectory();
    writeFileSync(join(folder.path, 'lock.12'), JSON.stringify(parent()));
    expect(await acquireLock(folder.path, process.pid)).toMatchObject({
      heldBy: process.ppid,
    });
  });

  it('gives way to a holder that shows up between its own claim and its second look', async () => {
    await using folder = await temporaryDirectory();
    let claims = 0;
    let pauses = 0;
    const outcome = await acquireLock(folder.path, process.pid, {
      // A rival's claim stands a moment before ours: the first look could not see it.
      claim: (draft, file) => {
        claims += 1;
        linkSync(draft, file);
        writeFileSync(join(folder.path, 'lock.7'), JSON.stringify(parent()));
      },
      pause: () => Promise.resolve((pauses += 1)),
    });
    expect(outcome).toEqual({ lock: null, heldBy: process.ppid });
    expect({ claims, pauses }).toEqual({ claims: 1, pauses: 1 });
    expect(readdirSync(folder.path)).toEqual(['lock.7']);
  });

  it('takes the next number where a rival was faster with the one it wanted', async () => {
    await using folder = await temporaryDirectory();
    let tries = 0;
    const { lock } = await acquireLock(folder.path, process.pid, {
      claim: (draft, file) => {
        tries += 1;
        // The rival took the number, and died.
        if (tries === 1) writeFileSync(file, JSON.stringify({ ...parent(), startTime: '1' }));
        linkSync(draft, file);
      },
    });
    expect(lock).not.toBeNull();
    expect(readdirSync(folder.path)).toEqual(['lock.2']);
  });
});
