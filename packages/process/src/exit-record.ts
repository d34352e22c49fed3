import {
  closeSync,
  constants as fsConstants,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

/** How a node ended, as its recorder wrote it down. */
export interface ExitRecord {
  /** Null where the node was ended by a signal. */
  readonly code: number | null;
  readonly signal: string | null;
  /** False when the node's program was never executed. */
  readonly ran: boolean;
  /** Epoch milliseconds of the end. */
  readonly at: number;
}

/** The record of one generation. */
export function exitRecordFile(runDirectory: string, generation: number): string {
  return join(runDirectory, `node-${generation}.exit`);
}

/**
 * Creates an empty record and gives a descriptor that appends to it; the caller closes it.
 * A record that a lost state file left behind under the same number is removed first.
 * The first bytes are written here, so that the last line still fits when the disk is full by then.
 */
export function createExitRecord(runDirectory: string, generation: number): number {
  mkdirSync(runDirectory, { recursive: true, mode: 0o700 });
  const file = exitRecordFile(runDirectory, generation);
  rmSync(file, { force: true });
  const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY } = fsConstants;
  const descriptor = openSync(file, O_APPEND | O_CREAT | O_EXCL | O_WRONLY, 0o600);
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
  const file = exitRecordFile(runDirectory, generation);
  try {
    const text = readFileSync(file, 'utf8');
    return parseExitRecord(text, statSync(file).mtimeMs);
  } catch {
    return undefined;
  }
}

/** Removes the record of a generation that nobody needs any more. */
export function removeExitRecord(runDirectory: string, generation: number): void {
  rmSync(exitRecordFile(runDirectory, generation), { force: true });
}

/**
 * Reads what the recorder wrote. A shell says 128+N both for signal N and for an exit with that code. What tells them
 * apart is the shell's own message ("Killed"), which stands before the word `probe`; behind it stands what the same shell
 * says when signal N really happens. Where it keeps silent in both cases (SIGINT, SIGPIPE) the signal is meant by convention.
 */
export function parseExitRecord(text: string, at: number): ExitRecord | undefined {
  const seen = /^([\s\S]*\n)?exit (\d{1,3})\n$/.exec(text);
  if (seen === null) return undefined;
  const [, before = '', digits = ''] = seen;
  const status = Number(digits);
  const start = before.indexOf('run\n');
  const ran = start >= 0;
  const [told = '', probe] = before.slice(start + 'run\n'.length).split('probe\n');
  const bySignal = probe !== undefined && (told.trim() !== '' || probe.trim() === '');
  return ran && bySignal
    ? { code: null, signal: signalName(status - 128), ran, at }
    : { code: status, signal: null, ran, at };
}

function signalName(number: number): string {
  const named = Object.entries(constants.signals).find(([, value]) => value === number);
  return named?.[0] ?? `signal ${number}`;
}
