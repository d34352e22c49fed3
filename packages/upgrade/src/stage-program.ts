import { createHash, randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOf, UpgradeError } from './errors.ts';
import { whyNotHere, type Machine } from './executable-format.ts';

/** What to stage, and where. */
export interface StageRequest {
  /** The program's file. */
  readonly file: string;
  /** The name of the copy. @default the file's own */
  readonly name?: string;
  /** The folder of all staged programs; created 0700. */
  readonly folder: string;
  /** Version for the name of the copy's folder, such as `1.17.5`; null for one that does not say. */
  readonly version: string | null;
  /** The SHA-256 that the file has to have, in hexadecimal; undefined: any. */
  readonly sha256?: string | undefined;
  /** @default this machine */
  readonly machine?: Machine;
  /** How many staged programs stay, the newest first. @default 5 */
  readonly keep?: number;
  /** Staged programs that stay whatever their age. @default [] */
  readonly inUse?: readonly string[];
}

/** A program that was staged. */
export interface StagedProgram {
  /** Path of the copy. */
  readonly program: string;
  /** SHA-256 of the content, in hexadecimal. */
  readonly sha256: string;
}

/** What a copy that is under way is called: it is never taken for a whole one. */
const partial = '.partial-';
const pieceBytes = 4 << 20;

/**
 * Copies a program whole into a folder of its own, `<version>-<first digits of its SHA-256>/`, and makes it executable. The copy is read back
 * and on the disk before it has its name; one that is there already with the same content is used again.
 *
 * @throws UpgradeError `NOT_A_PROGRAM`, `OTHER_CONTENT`, `COPY_FAILED`: then nothing is left behind.
 * @example
 * const { program } = stageProgram({ file: '/tmp/geth', folder: '/srv/node/binaries', version: '1.17.5' });
 */
export function stageProgram(request: StageRequest): StagedProgram {
  const { file, folder, version, sha256, name = basename(file) } = request;
  const machine = request.machine ?? { platform: process.platform, arch: process.arch };
  refuseOthers(file, machine);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removePartials(folder);
  const copying = join(folder, `${partial}${randomUUID()}`);
  try {
    mkdirSync(copying, { mode: 0o700 });
    const copy = join(copying, name);
    const hash = copyWhole(file, copy);
    if (sha256 !== undefined && sha256.toLowerCase() !== hash) {
      const says = `${file} has the SHA-256 ${hash}, not ${sha256.toLowerCase()}`;
      throw new UpgradeError('OTHER_CONTENT', says);
    }
    if (hashOf(copy) !== hash) {
      throw new UpgradeError(
        'COPY_FAILED',
        `the copy of ${file} is not what was read: the disk may be failing`,
      );
    }
    const target = join(folder, `${version ?? 'unknown'}-${hash.slice(0, 12)}`);
    const program = join(target, name);
    if (!isWhole(program, hash)) {
      rmSync(target, { recursive: true, force: true });
      renameSync(copying, target);
    }
    syncFolder(folder);
    removeOldPrograms(folder, request.keep ?? 5, [...(request.inUse ?? []), program]);
    return { program, sha256: hash };
  } catch (error) {
    if (error instanceof UpgradeError) throw error;
    const why = `${file} could not be copied to ${folder}: ${reasonOf(error)}`;
    throw new UpgradeError('COPY_FAILED', why, { cause: error });
  } finally {
    rmSync(copying, { recursive: true, force: true });
  }
}

/** Whether a staged program still has the content that it was staged with. */
const isWhole = (program: string, sha256: string): boolean =>
  existsSync(program) && hashOf(program) === sha256;

/**
 * Removes the oldest staged programs beyond the newest `keep` ones, and none of those that are named. What cannot be removed stays.
 */
function removeOldPrograms(folder: string, keep: number, named: readonly string[]): void {
  const inUse = new Set(named.map((program) => dirname(program)));
  const folders = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const old = folders
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(partial))
    .map(({ name: entry }) => join(folder, entry))
    .map((path) => ({ path, at: statSync(path).mtimeMs }))
    .toSorted((a, b) => b.at - a.at)
    .slice(keep);
  for (const { path } of old) {
    if (!inUse.has(path)) rmSync(path, { recursive: true, force: true });
  }
}

function refuseOthers(file: string, machine: Machine): void {
  let head: Buffer;
  try {
    if (!statSync(file).isFile()) throw new Error('it is no regular file');
    head = headOf(file);
  } catch (error) {
    throw new UpgradeError('NOT_A_PROGRAM', `${file} cannot be staged: ${reasonOf(error)}`);
  }
  const why = whyNotHere(head, machine);
  if (why !== null) throw new UpgradeError('NOT_A_PROGRAM', `${file} cannot run here: ${why}`);
}

/** The first bytes of a file. */
export function headOf(file: string): Buffer {
  const head = Buffer.alloc(64);
  const descriptor = openSync(file, 'r');
  try {
    return head.subarray(0, readSync(descriptor, head));
  } finally {
    closeSync(descriptor);
  }
}

/** Copies a file, flushed, and gives the SHA-256 of what was read. */
function copyWhole(from: string, to: string): string {
  const source = openSync(from, 'r');
  const target = openSync(to, 'wx', 0o700);
  try {
    const hash = createHash('sha256');
    eachPiece(source, (piece) => {
      hash.update(piece);
      for (let done = 0; done < piece.length;) done += writeSync(target, piece, done);
    });
    fsyncSync(target);
    return hash.digest('hex');
  } finally {
    closeSync(source);
    closeSync(target);
    if (existsSync(to)) chmodSync(to, 0o700);
  }
}

function hashOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const hash = createHash('sha256');
    eachPiece(descriptor, (piece) => void hash.update(piece));
    return hash.digest('hex');
  } finally {
    closeSync(descriptor);
  }
}

function eachPiece(descriptor: number, take: (piece: Buffer) => void): void {
  const buffer = Buffer.alloc(pieceBytes);
  for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
    take(buffer.subarray(0, read));
  }
}

/** Copies that a kill left half-made. One who copies at the same time is not expected: there is one operator. */
function removePartials(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(partial)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Makes a renamed entry of a folder durable. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
