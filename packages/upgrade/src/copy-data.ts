import { constants, statfsSync } from 'node:fs';
import {
  copyFile,
  lstat,
  mkdir,
  open,
  opendir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reasonOf, UpgradeError } from './errors.ts';

/** How far a copy is. */
interface CopyProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** What to copy. */
export interface CopyRequest {
  readonly from: string;
  /** Takes the place of what is there, in one step at the end. */
  readonly to: string;
  /** Called after each file. */
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Gives the copy up. */
  readonly signal?: AbortSignal | undefined;
}

/** A copy under way: it is never taken for a whole one. */
const partial = '.partial';
/** What a copy replaces, until it has replaced it. */
const replaced = '.replaced';

/**
 * Copies a folder whole, by reference where the file system can (btrfs, xfs, APFS), and flushes it. It has its name only when all of it is
 * there: one that was interrupted is begun anew. The folder has to be at rest.
 *
 * @throws UpgradeError `NO_ROOM` before anything is copied, `COPY_FAILED`: then what was at `to` is there as before.
 */
export async function copyData({ from, to, onProgress, signal }: CopyRequest): Promise<void> {
  const copying = `${to}${partial}`;
  try {
    await rm(copying, { recursive: true, force: true });
    await settleCopy(to);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const totalBytes = await sizeOf(from);
    const cloned = await canClone(from, dirname(to));
    if (!cloned) refuseWithoutRoom({ from, to }, totalBytes);
    let doneBytes = 0;
    await copyFolder(from, copying, signal, (bytes) => {
      doneBytes += bytes;
      onProgress?.({ doneBytes, totalBytes });
    });
    await takePlace(copying, to);
  } catch (error) {
    await rm(copying, { recursive: true, force: true }).catch(() => {});
    if (error instanceof UpgradeError) throw error;
    const why = `${from} could not be copied to ${to}: ${reasonOf(error)}`;
    throw new UpgradeError('COPY_FAILED', why, { cause: error });
  }
}

/** Puts right what a kill between the two renames of a copy left: the folder that was to be replaced is there again, or has been replaced. */
async function settleCopy(to: string): Promise<void> {
  const aside = `${to}${replaced}`;
  if (!(await isThere(aside))) return;
  if (await isThere(to)) await rm(aside, { recursive: true, force: true });
  else await rename(aside, to);
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function takePlace(copy: string, to: string): Promise<void> {
  if (await isThere(to)) await rename(to, `${to}${replaced}`);
  await rename(copy, to);
  await flush(dirname(to));
  await rm(`${to}${replaced}`, { recursive: true, force: true });
}

async function copyFolder(
  from: string,
  to: string,
  signal: AbortSignal | undefined,
  onCopied: (bytes: number) => void,
): Promise<void> {
  const { mode } = await stat(from);
  await mkdir(to, { mode: mode & 0o7777 });
  for await (const entry of await opendir(from)) {
    signal?.throwIfAborted();
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target, signal, onCopied);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (entry.isFile()) {
      await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await flush(target);
      onCopied((await lstat(target)).size);
    }
    // Sockets and pipes are made anew by who needs them.
  }
  await flush(to);
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Bytes of all regular files in a folder, as they are read. */
async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await sizeOf(path);
    else if (entry.isFile()) bytes += (await lstat(path)).size;
  }
  return bytes;
}

/** Whether a file can be copied by reference from one folder to another: it is tried with an empty one. */
async function canClone(from: string, to: string): Promise<boolean> {
  const probe = join(to, '.clone-probe');
  const sample = await anyFile(from);
  if (sample === null) return true;
  try {
    await copyFile(sample, probe, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  } finally {
    await rm(probe, { force: true });
  }
}

async function anyFile(folder: string): Promise<string | null> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile()) return path;
    const inside = entry.isDirectory() ? await anyFile(path) : null;
    if (inside !== null) return inside;
  }
  return null;
}

function refuseWithoutRoom(
  { from, to }: { readonly from: string; readonly to: string },
  bytes: number,
): void {
  const { bavail, bsize } = statfsSync(dirname(to));
  const free = bavail * bsize;
  if (free > bytes) return;
  const says = `a copy of ${from} takes ${bytes} bytes, and ${dirname(to)} has ${free}`;
  throw new UpgradeError('NO_ROOM', says);
}
