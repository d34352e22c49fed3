import { lstatSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, wrap } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { getRawAsset, isSea } from 'node:sea';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { underUsualFlags } from './v8-flags.ts';

/** How long the program has run, in milliseconds, before what it compiled is kept: by then it has loaded. */
const loaded = 3_000;

/**
 * The cache folder of this user; undefined where another user may write to it or to the folder that was named, for he could put code of
 * his own into ours.
 */
export function cacheFolder(
  { HOME: home = '', XDG_CACHE_HOME: caches = '' }: Readonly<Record<string, string | undefined>>,
  uid: number,
): string | undefined {
  const named = caches === '' ? home : caches;
  if (!named.startsWith('/') || !isOwn(statSync(named, { throwIfNoEntry: false }), uid)) {
    return undefined;
  }
  const folder = join(caches === '' ? join(home, '.cache') : caches, 'wemixvisor');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(lstatSync(folder), uid) ? folder : undefined;
  } catch {
    return undefined; // a full or read-only disk: it is a cache
  }
}

function isOwn(stats: ReturnType<typeof statSync>, uid: number): boolean {
  return stats?.isDirectory() === true && stats.uid === uid && (Number(stats.mode) & 0o022) === 0;
}

/**
 * Loads a CommonJS file, in the executable a part of that, with the code that V8 compiled in an earlier run where that was kept, in a folder
 * under a name for each use of the file; returns what it exports. Node.js could keep it too, from 22.1 on, but for all commands together what
 * the first one of them had compiled, and without a look whether it is still whole.
 */
export function loadCompiled(file: string, folder: string | undefined, name: string): unknown {
  const { dev, ino, size, ctimeMs } = statSync(isSea() ? process.execPath : file);
  const key = JSON.stringify([process.version, process.arch, file, dev, ino, size, ctimeMs]);
  const kept = folder === undefined ? undefined : join(folder, name);
  const asset = (ending = '') => Buffer.from(getRawAsset(basename(file) + ending) as ArrayBuffer);
  const text = isSea() ? asset() : readFileSync(file);
  const keptCode = kept === undefined ? undefined : readKept(kept, key);
  const script = new Script(wrap(text.toString('latin1')), {
    filename: file,
    cachedData: keptCode ?? (isSea() ? asset('.code') : undefined),
  });
  const isNew = keptCode === undefined || script.cachedDataRejected === true;
  if (kept !== undefined && isNew) keepLater(script, kept, key);
  const module = { exports: {} };
  const run = script.runInThisContext() as (...names: readonly unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

/** The bytes that were kept under this key; undefined for others, and for those of which a part is lost: V8 takes any. */
function readKept(file: string, key: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const end = bytes.length - 4;
    const code = bytes.subarray(0, end - key.length);
    if (bytes.toString('latin1', code.length, end) !== key) return undefined;
    return crc32(bytes.subarray(0, end)) === bytes.readUInt32LE(end) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what was compiled once the program has loaded, or at its end. */
function keepLater(script: Script, file: string, key: string): void {
  const keep = () => {
    clearTimeout(timer);
    process.off('exit', keep);
    const code = underUsualFlags(() => script.createCachedData());
    const bytes = Buffer.concat([code, Buffer.from(key), Buffer.alloc(4)]);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
    const written = `${file}.${process.pid}`;
    try {
      writeFileSync(written, bytes, { mode: 0o600, flag: 'wx' });
      renameSync(written, file);
    } catch {
      // a full or read-only disk: it is a cache
    }
  };
  const timer = setTimeout(keep, loaded).unref();
  process.once('exit', keep);
}
