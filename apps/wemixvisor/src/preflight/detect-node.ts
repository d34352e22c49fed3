import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseVersionOutput, type Flavour, type NodeVersion } from '@wemixvisor/passthrough';
import { captureOutput } from '@wemixvisor/process';
import writeFileAtomic from 'write-file-atomic';

const unknown: NodeVersion = { flavour: 'unknown', version: null, raw: '' };

/** Milliseconds that a program has to tell its version. */
const timeoutMs = 5_000;

interface Remembered {
  readonly size: number;
  readonly mtimeMs: number;
  readonly node: NodeVersion;
}

/**
 * What a node's program says of itself when it is asked for its `version`; `unknown` where it does not answer within
 * five seconds or is of another family. The answer is remembered in `cache` as long as the file stays the same.
 */
export async function detectNode(binary: string, cache: string): Promise<NodeVersion> {
  const { size, mtimeMs } = statSync(binary);
  const known = readCache(cache);
  const found = known[binary];
  if (found?.size === size && found.mtimeMs === mtimeMs) return found.node;
  const node = mayBeAsked(binary) ? await ask(binary) : unknown;
  const named = { ...node, flavour: node.flavour === 'unknown' ? byName(binary) : node.flavour };
  writeCache(cache, { ...known, [binary]: { size, mtimeMs, node: named } });
  return named;
}

/**
 * A script of another name is not asked: what it does with a word it does not know, nobody knows. It could start a node.
 */
function mayBeAsked(binary: string): boolean {
  return /geth|wemix/i.test(basename(binary)) || !isScript(binary);
}

function isScript(file: string): boolean {
  const start = Buffer.alloc(2);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, start, 0, 2, 0);
  } finally {
    closeSync(descriptor);
  }
  return start.toString('latin1') === '#!';
}

/** Asks in an empty folder that is also its home: a program that starts something instead finds nothing of value. */
async function ask(binary: string): Promise<NodeVersion> {
  const folder = mkdtempSync(join(tmpdir(), 'wemixvisor-version-'));
  try {
    const env = { HOME: folder, PATH: '/usr/local/bin:/usr/bin:/bin' };
    const { stdout } = await captureOutput(binary, ['version'], { timeoutMs, cwd: folder, env });
    return parseVersionOutput(stdout);
  } catch {
    return unknown;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program that says nothing but is called geth or gwemix is taken for one: a wrapper, most likely. */
function byName(binary: string): Flavour {
  const name = basename(binary);
  if (/^gwemix/.test(name)) return 'gwemix';
  return /^geth/.test(name) ? 'geth' : 'unknown';
}

function readCache(file: string): Readonly<Record<string, Remembered>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Remembered>;
  } catch {
    return {};
  }
}

function writeCache(file: string, known: Readonly<Record<string, Remembered>>): void {
  try {
    writeFileAtomic.sync(file, JSON.stringify(known), { mode: 0o600, fsync: false });
  } catch {
    // There is no home yet: the next start remembers.
  }
}
