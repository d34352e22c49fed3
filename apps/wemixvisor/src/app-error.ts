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
