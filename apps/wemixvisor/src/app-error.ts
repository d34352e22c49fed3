import { exitCodes, type ExitCode } from './exit-codes.ts';

/** An error for the operator: one line with what, why and the remedy, and the exit code of the program. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly exitCode: ExitCode;

  constructor(
    message: string,
    { exitCode = exitCodes.failed, cause }: { exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/** A wrong command line or configuration: exit code 64. */
export function usageError(message: string, cause?: unknown): AppError {
  return new AppError(message, { exitCode: exitCodes.usage, cause });
}

/** The exit code for a thrown value. Checks the name, as each part of the built program has a class of its own. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof Error && error.name === 'AppError' && 'exitCode' in error
    ? (error.exitCode as ExitCode)
    : exitCodes.failed;
}

/** Where a command that fails says so. */
interface FailingCommand {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Whether it was asked for JSON. */
  readonly json: boolean;
}

/**
 * Says why a command fails, as a line on standard error and with `--json` as an object on standard output, too: whoever reads that always gets JSON.
 * Returns the exit code.
 */
export function sayFailure(
  { stdout, stderr, json }: FailingCommand,
  error: string,
  exitCode: ExitCode,
): ExitCode {
  stderr.write(`wemixvisor: ${error}\n`);
  if (json) stdout.write(`${JSON.stringify({ schema: 1, error, exit_code: exitCode })}\n`);
  return exitCode;
}

/** The message of a thrown value, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's error code (`ENOENT`, `EACCES`…), if there is one. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
