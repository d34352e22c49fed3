import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { ProcessError } from './errors.ts';
import { sendSignal } from './send-signal.ts';

/** Limits of one {@link captureOutput}. */
export interface CaptureOptions {
  /** Milliseconds until the whole process group is killed. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. @default {} */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Bytes kept of each stream; the program is killed when it writes more. @default 1_048_576 */
  readonly maxBytes?: number;
  /** Kills the whole process group as well; the reason of the signal is thrown. @default nothing but the limit */
  readonly signal?: AbortSignal;
}

/** Output and exit of a short program. */
export interface CapturedOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly timedOut: boolean;
}

/**
 * Runs a short program such as `geth version` in a process group of its own, killed whole at the limit.
 *
 * @throws ProcessError `CAPTURE_FAILED` when the program cannot be started.
 * @example const { stdout } = await captureOutput('/usr/bin/geth', ['version'], { timeoutMs: 5_000 });
 */
export async function captureOutput(
  file: string,
  args: readonly string[],
  { timeoutMs, cwd, env = {}, maxBytes = 1_048_576, signal }: CaptureOptions,
): Promise<CapturedOutput> {
  const failed = (cause: unknown): ProcessError => {
    const why = (cause as NodeJS.ErrnoException).code ?? 'no process was made';
    const message = `cannot run ${file} (${why}): check the path`;
    return new ProcessError('CAPTURE_FAILED', message, { cause });
  };
  signal?.throwIfAborted();
  let child: ChildProcess;
  try {
    child = spawn(file, args, {
      cwd,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
  } catch (cause) {
    throw failed(cause);
  }
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  const killGroup = (): void => {
    if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL');
  };
  const stdout = collect(child.stdout, maxBytes, killGroup);
  const stderr = collect(child.stderr, maxBytes, killGroup);
  let timedOut = false;
  const end = (): void => {
    killGroup();
    // Who left the group may hold them open.
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutMs);
  signal?.addEventListener('abort', end);
  child.once('exit', killGroup); // what the program left running
  try {
    const [code] = await closed.catch((cause: unknown) => {
      throw failed(cause);
    });
    signal?.throwIfAborted();
    return { stdout: stdout(), stderr: stderr(), code, timedOut };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

/**
 * Keeps what a stream gives, up to so many bytes; the answer is what it was. Where no descriptor was left for a process, Node
 * makes no streams either.
 */
function collect(
  stream: Readable | null | undefined,
  maxBytes: number,
  onFull: () => void,
): () => string {
  const chunks: Buffer[] = [];
  let room = maxBytes;
  stream?.on('data', (chunk: Buffer) => {
    chunks.push(chunk.subarray(0, room));
    if (chunk.length > room) onFull();
    room = Math.max(0, room - chunk.length);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
