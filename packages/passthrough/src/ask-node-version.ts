import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseVersionOutput, type NodeVersion } from './node-version.ts';

/** Runs a short program and resolves to what it printed; it may reject. The environment is the whole one. */
type RunProgram = (
  file: string,
  args: readonly string[],
  limits: {
    readonly timeoutMs: number;
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
  },
) => Promise<{ readonly stdout: string }>;

const unknown: NodeVersion = { flavour: 'unknown', version: null, raw: '' };

/** Milliseconds that a program has to print its version. */
const timeoutMs = 5_000;

/**
 * What a node's program prints when it is asked for its `version`, which `run` does; `unknown` where it does not answer within five
 * seconds or is of another family. A script whose name has neither geth, wemix nor gstable in it is not asked.
 *
 * @throws the system's error where the program cannot be read.
 * @example
 * import { execFile } from 'node:child_process';
 * import { promisify } from 'node:util';
 *
 * const execute = promisify(execFile);
 * await askNodeVersion('/usr/bin/geth', (file, args, { timeoutMs, ...options }) =>
 *   execute(file, args, { ...options, timeout: timeoutMs }),
 * ); // { flavour: 'geth', version: '1.17.5', … }
 */
export async function askNodeVersion(binary: string, run: RunProgram): Promise<NodeVersion> {
  const node = mayBeAsked(binary) ? await ask(binary, run) : unknown;
  return { ...node, flavour: node.flavour === 'unknown' ? byName(binary) : node.flavour };
}

/**
 * A script of another name is not asked: nobody knows what it does with a word it does not know. It could start a node.
 */
function mayBeAsked(binary: string): boolean {
  return /geth|wemix|gstable/i.test(basename(binary)) || !isScript(binary);
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

async function ask(binary: string, run: RunProgram): Promise<NodeVersion> {
  try {
    // A folder for temporary files that is full or read-only is no reason to leave the node down.
    return await askIn(mkdtempSync(join(tmpdir(), 'node-version-')), binary, run);
  } catch {
    return unknown;
  }
}

/** Asks in an empty folder that is also its home: a program that starts something instead finds nothing of value. */
async function askIn(folder: string, binary: string, run: RunProgram): Promise<NodeVersion> {
  try {
    const env = { HOME: folder, PATH: '/usr/local/bin:/usr/bin:/bin' };
    const { stdout } = await run(binary, ['version'], { timeoutMs, cwd: folder, env });
    return parseVersionOutput(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program that prints nothing but is called geth or gwemix is taken for one: most likely it is a wrapper. */
function byName(binary: string): NodeVersion['flavour'] {
  const name = basename(binary);
  if (/^gwemix/.test(name)) return 'gwemix';
  if (/^gstable/.test(name)) return 'gstable';
  return /^geth/.test(name) ? 'geth' : 'unknown';
}
