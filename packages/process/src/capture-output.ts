import { ProcessError } from './errors.ts';
import { sendSignal } from './send-signal.ts';

/** Limits of one {@link captureOutput}. */
export interface CaptureOptions {
  /** Milliseconds until the whole process group is killed. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes kept of each stream; the program is killed when it writes more. @default 1_048_576 */
  readonly maxBytes?: number;
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
 * @throws ProcessError CAPTURE_FAILED when the program cannot be started.
 * @example const { stdout } = await captureOutput('/usr/bin/geth', ['version'], { timeoutMs: 5_000 });
 */
export async function captureOutput(
  file: string,
  args: readonly string[],
  { timeoutMs, cwd, env = {}, maxBytes = 1_048_576 }: CaptureOptions,
): Promise<CapturedOutput> {
  // Loaded on first use: it costs a supervisor 9 MB.
  const { execa } = await import('execa');
  const child = execa(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env,
    extendEnv: false,
    stdin: 'ignore',
    detached: true,
    cleanup: false,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: maxBytes,
  });
  const killGroup = (): void => {
    if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL');
  };
  const limit = { reached: false };
  const timer = setTimeout(() => {
    limit.reached = true;
    killGroup();
  }, timeoutMs);
  const { stdout, stderr, exitCode = null, cause } = await child;
  clearTimeout(timer);
  killGroup(); // what the program left running
  if (child.pid === undefined) {
    const why = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'no process was made';
    throw new ProcessError('CAPTURE_FAILED', `cannot run ${file} (${why}): check the path`, {
      cause,
    });
  }
  return { stdout, stderr, code: exitCode, timedOut: limit.reached };
}
