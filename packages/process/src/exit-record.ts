import {
  closeSync,
  constants as flags,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { makePrivateFolder } from './private-folder.ts';

/** How a node ended, as its recorder wrote it. */
export interface ExitRecord {
  /** Null when a signal ended the node. */
  readonly code: number | null;
  readonly signal: string | null;
  /** False when the node's program was never executed. */
  readonly ran: boolean;
  /** Epoch milliseconds of the end. */
  readonly at: number;
}

const fileName = (generation: number): string => `node-${generation}.exit`;

/**
 * Creates the record of a generation and returns a descriptor that appends to it; the caller closes it.
 * Removes the records of other generations: there is one child at a time, and the exit of the last one is known by now.
 * Writes the first line, so that a block is allocated and the last line fits even when the disk is full by then.
 */
export function createExitRecord(runDirectory: string, generation: number): number {
  makePrivateFolder(runDirectory);
  for (const name of readdirSync(runDirectory)) {
    if (/^node-\d+\.exit$/.test(name)) rmSync(join(runDirectory, name), { force: true });
  }
  const mode = flags.O_APPEND | flags.O_CREAT | flags.O_EXCL | flags.O_WRONLY;
  const descriptor = openSync(join(runDirectory, fileName(generation)), mode, 0o600);
  try {
    writeSync(descriptor, `generation ${generation}\n`);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

/** The record of a generation; undefined while it is not complete or when there is none. */
export function readExitRecord(runDirectory: string, generation: number): ExitRecord | undefined {
  const file = join(runDirectory, fileName(generation));
  try {
    return parseExitRecord(readFileSync(file, 'utf8'), statSync(file).mtimeMs);
  } catch {
    return undefined;
  }
}

/**
 * Parses what the recorder wrote. A shell reports 128+N both for signal N and for an exit with that code. They are told
 * apart by the shell's own message ("Killed"). Of some signals it may say nothing: then a line `probe` follows, and what the same shell
 * reports when signal N really happens. Where it keeps silent both times (SIGINT, SIGPIPE, and SIGQUIT, which bash ignores) the signal is meant by convention.
 */
export function parseExitRecord(text: string, at: number): ExitRecord | undefined {
  const [, before, digits] = /^([\s\S]*\n)exit (\d{1,3})\n$/.exec(text) ?? [];
  if (before === undefined) return undefined;
  const status = Number(digits);
  const [, afterRun] = before.split(/^run\n/m, 2);
  const [told = '', probe] = (afterRun ?? '').split(/^probe\n/m, 2);
  const bySignal = status > 128 && (told !== '' || probe === '');
  return {
    code: bySignal ? null : status,
    signal: bySignal ? signalName(status - 128) : null,
    ran: afterRun !== undefined,
    at: Math.floor(at),
  };
}

function signalName(number: number): string {
  const named = Object.entries(constants.signals).find(([, value]) => value === number);
  return named?.[0] ?? `signal ${number}`;
}
