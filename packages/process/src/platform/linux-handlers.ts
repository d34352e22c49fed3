import { join } from 'node:path';
import { readText } from './read-text.ts';

/** The bit of a signal in the masks of /proc/PID/status. */
const bit = (signal: number): number => 2 ** (signal - 1);
const [sigalrm, sigterm] = [14, 15];
/** TRAP, TERM, URG, XCPU, XFSZ, PROF, IO, PWR, SYS: the Go runtime catches them all when it begins, and no other program does. */
const goCatches = [5, sigterm, 23, 24, 25, 27, 29, 30, 31].map(bit);

/**
 * Whether a process is a Go program before its first signal.Notify. The runtime catches all signals from its beginning, so that SigCgt tells
 * nothing; but the first Notify makes a thread that blocks most signals, SIGTERM not among them (runtime/signal_unix.go, ensureSigM). SIGTERM
 * may be asked for a moment after that.
 *
 * Seen on geth 1.16.9, which asks for SIGINT and SIGTERM: SigBlk of that thread is fffffffc3bba3a00, from within milliseconds of "IPC endpoint
 * opened" on.
 */
export function awaitsHandler(
  proc: string,
  pid: number,
  threads: (folder: string) => readonly string[],
): boolean {
  const process = join(proc, String(pid));
  const caught = maskIn(readText(join(process, 'status')), 'SigCgt');
  if (!goCatches.every((each) => has(caught, each))) return false;
  const masks = threads(join(process, 'task')).map((thread) =>
    maskIn(readText(join(process, 'task', thread, 'status')), 'SigBlk'),
  );
  return !masks.some((blocked) => has(blocked, bit(sigalrm)) && !has(blocked, bit(sigterm)));
}

/** Signals 1 to 32 of a mask of 16 hexadecimal digits. */
function maskIn(status: string | undefined, field: string): number {
  const digits = new RegExp(`^${field}:\\s+[0-9a-f]{8}([0-9a-f]{8})$`, 'm').exec(status ?? '')?.[1];
  return Number.parseInt(digits ?? '0', 16);
}

const has = (mask: number, one: number): boolean => Math.floor(mask / one) % 2 === 1;
