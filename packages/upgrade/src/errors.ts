/** Why something about an upgrade is refused or failed. */
type UpgradeErrorCode =
  /** The file is no program that this machine can run. */
  | 'NOT_A_PROGRAM'
  /** The file is not the one whose SHA-256 was given, or it changed while it was copied. */
  | 'OTHER_CONTENT'
  /** The copy of a program or of the data could not be made. */
  | 'COPY_FAILED'
  /** The file system has less room than the copy takes. */
  | 'NO_ROOM'
  /** The folder is no cosmovisor folder. */
  | 'NO_COSMOVISOR_FOLDER';

/** What went wrong, and with which file. */
export class UpgradeError extends Error {
  override readonly name = 'UpgradeError';

  /** Stable name of the error. */
  readonly code: UpgradeErrorCode;

  constructor(code: UpgradeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The reason of the system, in its own words. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
