import { closeSync, constants, fchmodSync, mkdirSync, openSync } from 'node:fs';
import { LogsError } from '../errors.ts';
import { filesOf } from '../layout.ts';

/** Where a log lies and how much of it is kept. */
export interface LogStoreOptions {
  /** The folder of the log; created with mode 0700. */
  readonly directory: string;
  /** The log's name: `node` gives `node.log`, `node-<UTC time>.log.gz`, `node.index`. */
  readonly name: string;
}

/** A log that another process writes to through a descriptor of its own. */
export interface LogStore {
  /** The file the node writes to. */
  readonly livePath: string;
  /**
   * A new descriptor for the child's standard output and error: append only, mode 0600. The caller closes it once the child has it.
   *
   * @throws {@link LogsError} `unwritable`
   */
  openForAppend(): number;
}

/** Opens the log of a folder. */
export function openLogStore(options: LogStoreOptions): LogStore {
  const files = filesOf(options.directory, options.name);
  return {
    livePath: files.live,
    openForAppend: () => openLive(options.directory, files.live),
  };
}

function openLive(directory: string, path: string): number {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
    const descriptor = openSync(path, flags, 0o600);
    try {
      fchmodSync(descriptor, 0o600);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
    return descriptor;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LogsError(
      'unwritable',
      `the log ${path} cannot be opened for append (${reason}): check its folder's owner, mode and free space`,
      error,
    );
  }
}
