import { exitCodes, type ExitCode } from './exit-codes.ts';

/** An error meant for the operator: one line that says what, why and what to do, and the exit code it ends with. */
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
export function usageError(message: string): AppError {
  return new AppError(message, { exitCode: exitCodes.usage });
}

/** The exit code for something that was thrown; goes by the name, as parts of the built program have their own class. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof Error && error.name === 'AppError' && 'exitCode' in error
    ? (error.exitCode as ExitCode)
    : exitCodes.failed;
}

/** What an unknown thing that was thrown says for itself, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's code of an error (`ENOENT`, `EACCES` …), if it has one. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
