import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseVersionOutput, type NodeVersion } from '@wemixvisor/passthrough';
import { captureOutput } from '@wemixvisor/process';
import { cachedVersion } from './version-cache.ts';

const unknown: NodeVersion = { flavour: 'unknown', version: null, raw: '' };

/** Milliseconds that a program has to print its version. */
const timeoutMs = 5_000;

/**
 * What a node's program prints when it is asked for its `version`; `unknown` where it does not answer within five
 * seconds or is of another family. The answer is cached in the file `cache` as long as the program stays the same.
 */
export function detectNode(binary: string, cache: string): Promise<NodeVersion> {
  return cachedVersion(binary, cache, async () => {
    const node = mayBeAsked(binary) ? await ask(binary) : unknown;
    return { ...node, flavour: node.flavour === 'unknown' ? byName(binary) : node.flavour };
  });
}

/**
 * A script of another name is not asked: nobody knows what it does with a word it does not know. It could start a node.
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

/** A program that prints nothing but is called geth or gwemix is taken for one: most likely it is a wrapper. */
function byName(binary: string): NodeVersion['flavour'] {
  const name = basename(binary);
  if (/^gwemix/.test(name)) return 'gwemix';
  return /^geth/.test(name) ? 'geth' : 'unknown';
}
