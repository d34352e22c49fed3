import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessError } from '../errors.ts';
import type { ProcessIdentity } from '../platform/platform.ts';
import { identifyProcess, isSameProcess } from '../process-identity.ts';

/** A held lock. It is free again once it is released or its holder is gone. */
interface Lock {
  /** Gives the lock back; harmless when repeated. */
  release(): void;
}

/** Either the lock, or the pid of the process that holds it. */
type LockOutcome = { readonly lock: Lock } | { readonly lock: null; readonly heldBy: number };

/** The effects of taking a lock, replaceable in tests. */
interface LockPorts {
  /** Gives the complete file of a contender a second name; throws EEXIST where the name is taken. @default link(2) */
  readonly claim: (draft: string, file: string) => void;
  /** The wait after a contender gave way. @default 5 to 25 ms at random */
  readonly pause: () => Promise<unknown>;
}

const lockName = /^lock\.(\d{1,15})$/;

interface Entry {
  readonly number: number;
  readonly file: string;
  readonly holder: ProcessIdentity | undefined;
}

/**
 * Takes the lock of a folder for the process with this pid: a file `lock.N` (0600) that names its holder by pid, kernel
 * start time and boot. The folder must exist. A lock that another living process holds is a value, not an error.
 *
 * A lock whose holder is gone needs nobody to remove it: it simply no longer counts. The order makes this safe: a
 * contender first links its own file (complete from the start, and only one can have a given number), then reads all the
 * others, and takes its own file back if another living holder is there. So of two that hold at once, the later one
 * would have seen the earlier.
 *
 * @throws ProcessError `LOCK_FAILED` when the pid belongs to no living process; Node's own error when the folder cannot be used.
 * @example
 * const outcome = await acquireLock('/srv/node/run', process.pid);
 * if (outcome.lock === null) throw new Error(`process ${outcome.heldBy} has it`);
 * outcome.lock.release();
 */
export async function acquireLock(
  folder: string,
  pid: number,
  { claim = linkSync, pause = () => sleep(5 + Math.random() * 20) }: Partial<LockPorts> = {},
): Promise<LockOutcome> {
  const self = identifyProcess(pid);
  if (self === undefined) {
    throw new ProcessError(
      'LOCK_FAILED',
      `cannot lock ${folder}: there is no process ${pid} that could hold the lock`,
    );
  }
  const draft = join(folder, `lock-draft.${pid}`);
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    for (;;) {
      const entries = readEntries(folder);
      const holder = livingOther(entries, self);
      if (holder !== undefined) return { lock: null, heldBy: holder.pid };
      const file = join(folder, `lock.${Math.max(0, ...entries.map(({ number }) => number)) + 1}`);
      if (!claimed(() => claim(draft, file))) continue;
      if (livingOther(readEntries(folder), self) === undefined) {
        for (const dead of entries) rmSync(dead.file, { force: true });
        return { lock: { release: () => rmSync(file, { force: true }) } };
      }
      rmSync(file, { force: true });
      await pause();
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

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

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isIdentity(value) ? value : undefined;
  } catch {
    return undefined; // released meanwhile, or damaged by a crash of the machine: nobody holds it
  }
}

function isIdentity(value: unknown): value is ProcessIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startTime' in value &&
    'bootId' in value
  );
}

function livingOther(
  entries: readonly Entry[],
  self: ProcessIdentity,
): ProcessIdentity | undefined {
  return entries
    .map(({ holder }) => holder)
    .find(
      (holder) =>
        holder !== undefined &&
        !(holder.pid === self.pid && holder.startTime === self.startTime) &&
        isSameProcess(holder),
    );
}
