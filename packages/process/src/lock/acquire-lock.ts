import { randomUUID } from 'node:crypto';
import { linkSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { ProcessError } from '../errors.ts';
import { makePrivateFolder } from '../private-folder.ts';
import { identifyProcess } from '../process-identity.ts';
import { beatMs, keepLock, type Lock } from './keep-lock.ts';
import {
  judgeHolder,
  ownPidSpace,
  readHolder,
  type LockHolder,
  type PidSpace,
} from './lock-holder.ts';

/** Either the lock, or the pid of the process that holds it and, where that is not of this PID namespace, its host. */
type LockOutcome =
  | { readonly lock: Lock }
  | { readonly lock: null; readonly heldBy: number; readonly host?: string | undefined };

/** The effects of taking a lock, replaceable in tests. */
interface LockPorts {
  /** Gives the complete file of a contender a second name; throws EEXIST where the name is taken. @default link(2) */
  readonly claim: (draft: string, file: string) => void;
  /** The wait after a contender gave way. @default 5 to 25 ms at random */
  readonly pause: () => Promise<unknown>;
  /** The wait between two looks at a heartbeat, in milliseconds. @default a real one */
  readonly wait: (delayMs: number) => Promise<unknown>;
  /** Times the own heartbeat. @default timers that keep no process alive */
  readonly clock: Pick<Clock, 'setTimer'>;
  /** The PID namespace and host of this process. @default the real ones */
  readonly space: PidSpace;
}

const lockName = /^lock\.(\d{1,15})$/;
/** Drafts of locks, and what a crash amid an atomic write of a JSON file leaves: its name and a number. */
const draftName = /^lock-draft\.|\.json\.\d+$/;

/** A contender has its draft for as long as it watches a heartbeat; an older draft was left by a crash. */
const draftLifeMs = 60_000;

/** Looks at the heartbeat of a foreign holder before it counts as dead: five beats, and one look between each. */
const looks = 10;

interface Entry {
  readonly number: number;
  readonly file: string;
  readonly holder: LockHolder | undefined;
}

/**
 * Takes the lock of a folder for the process with this pid: a file `lock.N` (0600) that names its holder by pid, kernel
 * start time, boot, PID namespace and host. A folder that is missing is made (0700). A lock that another living process holds is a value,
 * not an error.
 *
 * A lock whose holder is gone needs nobody to remove it: it simply no longer counts. The order makes this safe: a
 * contender first links its own file (complete from the start, and only one can have a given number), then reads all the
 * others, and takes its own file back if another holder is there. So of two that hold at once, the later one would have
 * seen the earlier.
 *
 * A holder touches its file every two seconds. One of another PID namespace (another container) is judged by that alone:
 * it counts as dead when ten seconds show no touch, whatever the clocks say. One that was stopped for longer finds
 * at its next beat that its lock has gone, and `lost` resolves.
 *
 * Who takes the lock also removes drafts older than a minute from the folder: `lock-draft.*`, and `*.json.N` of atomic writes.
 *
 * @throws ProcessError `LOCK_FAILED` when the pid belongs to no living process, or there is no room for the lock; Node's own
 * error when the folder cannot be used.
 * @example
 * const outcome = await acquireLock('/srv/node/run', process.pid);
 * if (outcome.lock === null) throw new Error(`process ${outcome.heldBy} has it`);
 * await using lock = outcome.lock;
 * console.log('nobody else supervises this folder');
 */
export async function acquireLock(
  folder: string,
  pid: number,
  ports: Partial<LockPorts> = {},
): Promise<LockOutcome> {
  const { claim = linkSync, pause = randomPause, wait = sleep, clock = idleClock } = ports;
  const identity = identifyProcess(pid);
  if (identity === undefined) {
    throw new ProcessError(
      'LOCK_FAILED',
      `cannot lock ${folder}: there is no process ${pid} that could hold the lock`,
    );
  }
  const self = { ...identity, ...(ports.space ?? ownPidSpace()), token: randomUUID() };
  const text = JSON.stringify(self);
  const draft = join(folder, `lock-draft.${self.token}`);
  makePrivateFolder(folder);
  try {
    writeDraft(draft, text);
    for (;;) {
      const entries = readEntries(folder);
      const holder = await findHolder(entries, self, wait);
      if (holder !== undefined) return { lock: null, ...holder };
      const file = join(folder, `lock.${Math.max(0, ...entries.map(({ number }) => number)) + 1}`);
      if (!claimed(() => claim(draft, file))) continue;
      if (!readEntries(folder).some((entry) => isRival(entry, entries, self))) {
        for (const dead of entries) rmSync(dead.file, { force: true });
        removeOldDrafts(folder, draft);
        return { lock: keepLock(file, text, clock) };
      }
      rmSync(file, { force: true });
      await pause();
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(draft: string, text: string): void {
  try {
    writeFileSync(draft, text, { mode: 0o600 });
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    // Node names the file of all but the write itself.
    if (syscall !== 'write') throw error;
    throw new ProcessError('LOCK_FAILED', `cannot write ${draft}: ${message}: make room there`);
  }
}

const randomPause = () => sleep(5 + Math.random() * 20);

const idleClock: Pick<Clock, 'setTimer'> = {
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => clearTimeout(timer);
  },
};

function claimed(claim: () => void): boolean {
  try {
    claim();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readEntries(folder: string): readonly Entry[] {
  return readdirSync(folder).flatMap((name) => {
    const number = lockName.exec(name)?.[1];
    if (number === undefined) return [];
    const file = join(folder, name);
    return [{ number: Number(number), file, holder: readHolder(file) }];
  });
}

/** The first living holder among the entries: by its pid at once, a foreign one by its heartbeat. */
async function findHolder(
  entries: readonly Entry[],
  self: LockHolder,
  wait: LockPorts['wait'],
): Promise<{ heldBy: number; host?: string | undefined } | undefined> {
  const judged = entries.flatMap(({ file, holder }) =>
    holder === undefined ? [] : [{ file, holder, verdict: judgeHolder(holder, self) }],
  );
  const alive = judged.find(({ verdict }) => verdict === 'alive');
  if (alive !== undefined) return { heldBy: alive.holder.pid };
  const foreign = judged.filter(({ verdict }) => verdict === 'foreign');
  const beats = foreign.map(({ file }) => beatOf(file));
  for (let look = 0; look < looks && foreign.length > 0; look += 1) {
    await wait(beatMs / 2);
    const beating = foreign.find(({ file }, at) => ![beats[at], undefined].includes(beatOf(file)));
    if (beating !== undefined) return { heldBy: beating.holder.pid, host: beating.holder.host };
  }
  return undefined;
}

/** Whether an entry that shows up after the own claim forbids it; those of the first look are known to be dead. */
function isRival({ file, holder }: Entry, known: readonly Entry[], self: LockHolder): boolean {
  if (holder === undefined) return false;
  const verdict = judgeHolder(holder, self);
  if (verdict !== 'foreign') return verdict === 'alive';
  return !known.some((one) => one.file === file && one.holder?.token === holder.token);
}

/** When the file was touched last; undefined when it has gone. */
function beatOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function removeOldDrafts(folder: string, own: string): void {
  const now = beatOf(own) ?? 0;
  for (const name of readdirSync(folder).filter((one) => draftName.test(one))) {
    const file = join(folder, name);
    if (now - (beatOf(file) ?? now) > draftLifeMs) rmSync(file, { force: true });
  }
}
