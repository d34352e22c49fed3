import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { LogStore, Pausable } from '../../src/index.ts';

const floodsLog = fileURLToPath(new URL('../fixtures/floods-log.mjs', import.meta.url));

/** A node that writes numbered lines as fast as it can, in a group of its own. */
export interface Flood {
  readonly child: ChildProcess;
  readonly pausable: Pausable;
  readonly ended: Promise<unknown>;
  /** Kills it. */
  [Symbol.dispose](): void;
}

/** A few MB a second, until it is killed: a slow machine has to keep up too, as a copy takes what is written meanwhile. */
export const steadily = { blockBytes: 4096, pauseMs: 2 } as const;

/** How a flood writes. */
export interface FloodOptions {
  /** Lines until it ends. @default 1e9: until it is killed */
  readonly lines?: number;
  /** Bytes of each write, cutting lines in the middle; 0 = whole lines. @default 0 */
  readonly blockBytes?: number;
  /** Milliseconds between two writes. @default 0 */
  readonly pauseMs?: number;
  /** A command that starts it. @default none */
  readonly wrapper?: readonly string[];
}

/** Starts a flood on a store's descriptor. */
export function startFlood(
  store: Pick<LogStore, 'openForAppend'>,
  { lines = 1e9, blockBytes = 0, pauseMs = 0, wrapper = [] }: FloodOptions = {},
): Flood {
  const log = store.openForAppend();
  const command = [...wrapper, process.execPath, floodsLog, lines, blockBytes, pauseMs].map(String);
  const [program = '', ...args] = command;
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const groupId = child.pid ?? 0;
  const signal = (name: NodeJS.Signals): boolean => {
    try {
      return process.kill(-groupId, name);
    } catch {
      return false;
    }
  };
  return {
    child,
    pausable: { groupId, pause: () => signal('SIGSTOP'), resume: () => void signal('SIGCONT') },
    ended: once(child, 'exit'),
    [Symbol.dispose]: () => void signal('SIGKILL'),
  };
}

/** All bytes of a log, segments first, unpacked by gzip itself. */
export function wholeLog(directory: string): Buffer {
  const names = readdirSync(directory);
  const stems = names.map((name) => /^(node-.*)\.log(?:\.gz)?$/.exec(name)?.[1]);
  const segments = [...new Set(stems.filter((stem) => stem !== undefined))].sort();
  const parts = segments.map((stem) => segmentBytes(join(directory, `${stem}.log`)));
  return Buffer.concat([...parts, readFileSync(join(directory, 'node.log'))]);
}

/** A segment may be compressed at this moment: its packed form is complete before the plain one goes. */
function segmentBytes(plain: string): Buffer {
  try {
    return readFileSync(plain);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return gunzipSync(readFileSync(`${plain}.gz`));
  }
}

/** Takes a log in pieces and knows the first line that is missing, repeated or out of place. */
export function createLineCheck() {
  let expected = 1;
  let carry = '';
  let fault: string | null = null;
  const line = (text: string): void => {
    if (Number.parseInt(text) !== expected) fault ??= `"${text}" in place of ${expected}`;
    expected += 1;
  };
  return {
    take(bytes: Uint8Array, terminated: boolean): void {
      carry += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
      if (!terminated) return;
      line(carry);
      carry = '';
    },
    takeAll(bytes: Buffer): void {
      for (let at = 0; at < bytes.length;) {
        const found = bytes.indexOf(0x0a, at);
        const end = found < 0 ? bytes.length : found;
        line(bytes.toString('latin1', at, end));
        at = end + 1;
      }
    },
    lines: () => expected - 1,
    /** Null when 1 to `count` were there, each once and in order. */
    fault: (count: number): string | null =>
      fault ?? (expected - 1 === count ? null : `${expected - 1} lines, not ${count}`),
  };
}

/** What is wrong with a whole log of finished lines; null when nothing is. */
export function faultIn(bytes: Buffer, count = linesIn(bytes)): string | null {
  const check = createLineCheck();
  check.takeAll(bytes);
  return check.fault(count);
}

/** How many lines were finished. */
export function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return count;
}
