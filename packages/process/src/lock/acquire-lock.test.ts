import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fakeClock, temporaryDirectory } from '@wemixvisor/testkit';
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
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(identity(process.pid));
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

  it('is held up by no named pipe in the place of another', async () => {
    await using folder = await temporaryDirectory();
    execFileSync('mkfifo', [join(folder.path, 'lock.1')]);
    expect(await acquireLock(folder.path, process.pid)).toMatchObject({ lock: expect.anything() });
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

/** A lock as a holder in another container writes it; its pid exists here, and belongs to somebody else. */
const foreign = (folder: string, name = 'lock.4') => {
  const file = join(folder, name);
  const space = { pidNamespace: 'pid:[1]', host: 'other', token: name };
  writeFileSync(file, JSON.stringify({ ...parent(), startTime: '1', ...space }));
  return file;
};

describe('a lock of another PID namespace', () => {
  it('holds for as long as its file is touched, whatever its pid is here', async () => {
    await using folder = await temporaryDirectory();
    const file = foreign(folder.path);
    let waits = 0;
    const outcome = await acquireLock(folder.path, process.pid, {
      wait: () => {
        waits += 1;
        if (waits === 3) utimesSync(file, 1, 1); // a touch, by a clock that is decades behind
        return Promise.resolve();
      },
    });
    expect(outcome).toEqual({ lock: null, heldBy: process.ppid, host: 'other' });
    expect(waits).toBe(3);
  });

  it('counts no longer when ten seconds show no touch', async () => {
    await using folder = await temporaryDirectory();
    foreign(folder.path);
    let waited = 0;
    const outcome = await acquireLock(folder.path, process.pid, {
      wait: (ms) => Promise.resolve((waited += ms)),
    });
    expect(outcome.lock).not.toBeNull();
    expect(waited).toBe(10_000);
    expect(readdirSync(folder.path)).toEqual(['lock.5']);
  });

  it('is passed over at once when the machine of that name was started anew', async () => {
    await using folder = await temporaryDirectory();
    const space = { pidNamespace: 'pid:[1]', host: 'own' };
    const holder = { ...parent(), bootId: 'an earlier boot', ...space };
    writeFileSync(join(folder.path, 'lock.4'), JSON.stringify(holder));
    const { lock } = await acquireLock(folder.path, process.pid, {
      wait: () => Promise.reject(new Error('it waited')),
      space: { pidNamespace: 'pid:[2]', host: 'own' },
    });
    expect(lock).not.toBeNull();
  });

  it('makes a contender give way that it could not see before its own claim', async () => {
    await using folder = await temporaryDirectory();
    const rival = join(folder.path, 'lock.4');
    let pauses = 0;
    const { lock } = await acquireLock(folder.path, process.pid, {
      claim: (draft, file) => {
        linkSync(draft, file);
        if (pauses === 0) foreign(folder.path);
      },
      pause: () => {
        pauses += 1;
        rmSync(rival); // it gave way as well
        return Promise.resolve();
      },
    });
    expect(lock).not.toBeNull();
    expect(pauses).toBe(1);
  });
});

describe('a held lock', () => {
  async function heldLock() {
    const folder = await temporaryDirectory();
    const clock = fakeClock();
    const { lock } = await acquireLock(folder.path, process.pid, { clock });
    if (lock === null) throw new Error('it is held');
    const file = join(folder.path, 'lock.1');
    const seen: string[] = [];
    void lock.lost.then((why) => seen.push(why));
    return { folder, clock, lock, file, seen };
  }

  it('is touched every two seconds until it is released', async () => {
    const { clock, lock, file, seen } = await heldLock();
    utimesSync(file, 1, 1);
    await clock.advance(1_999);
    expect(statSync(file).mtimeMs).toBe(1_000);
    await clock.advance(1);
    expect(statSync(file).mtimeMs).toBeGreaterThan(1_000);
    lock.release();
    expect(clock.pending).toBe(0);
    expect(seen).toEqual([]);
  });

  it('is released at the end of its block', async () => {
    const { file, lock } = await heldLock();
    {
      await using held = lock;
      expect(held.lost).toBe(lock.lost);
      expect(existsSync(file)).toBe(true);
    }
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['has gone', (file: string) => rmSync(file)],
    [
      'is another file now',
      (file: string) => {
        const text = readFileSync(file);
        renameSync(file, `${file}.old`);
        writeFileSync(file, text);
      },
    ],
    ['names another holder now', (file: string) => writeFileSync(file, '{}')],
  ])('is lost when its file %s, and is nobody’s to remove then', async (why, harm) => {
    const { folder, clock, lock, file, seen } = await heldLock();
    harm(file);
    const left = readdirSync(folder.path);
    await clock.advance(2_000);
    expect(seen).toEqual([`${file} ${why}`]);
    expect(clock.pending).toBe(0);
    lock.release();
    expect(readdirSync(folder.path)).toEqual(left);
  });

  it('is not removed by a release when somebody else has taken its name meanwhile', async () => {
    const { lock, file } = await heldLock();
    rmSync(file);
    writeFileSync(file, 'of another');
    lock.release();
    expect(readFileSync(file, 'utf8')).toBe('of another');
  });

  it('takes the drafts away that a crash left, and none of a contender at work', async () => {
    await using folder = await temporaryDirectory();
    const old = ['lock-draft.7', 'state.json.1234', 'state.json.old'];
    for (const name of [...old, 'lock-draft.new', 'state.json.99']) {
      writeFileSync(join(folder.path, name), '');
    }
    for (const name of old) utimesSync(join(folder.path, name), 1, 1);
    await acquireLock(folder.path, process.pid);
    expect(readdirSync(folder.path).toSorted()).toEqual([
      'lock-draft.new',
      'lock.1',
      'state.json.99',
      'state.json.old',
    ]);
  });
});
