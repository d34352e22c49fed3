import { execa } from 'execa';
import { ProcessError } from './errors.ts';

/** Limits of one {@link captureOutput}. */
export interface CaptureOptions {
  /** Milliseconds until the whole process group is killed. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes kept of each stream; the program is killed when it says more. @default 1_048_576 */
  readonly maxBytes?: number;
}

/** What a short program said. */
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
    if (child.pid !== undefined) kill(-child.pid);
  };
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup();
  }, timeoutMs);
  try {
    const result = await child;
    if (
      result.failed &&
      result.exitCode === undefined &&
      result.signal === undefined &&
      !timedOut &&
      !result.isMaxBuffer
    ) {
      throw new ProcessError(
        'CAPTURE_FAILED',
        `cannot run ${file}: ${result.shortMessage ?? 'unknown cause'}`,
        { cause: result.cause },
      );
    }
    const { stdout, stderr, exitCode = null } = result;
    return { stdout, stderr, code: exitCode, timedOut };
  } finally {
    clearTimeout(timer);
    killGroup(); // what the program left running
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The group is gone: that is what is wanted.
  }
}
