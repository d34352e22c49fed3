import { serviceFile } from '@wemixvisor/service-files';
import { usageError } from '../../app-error.ts';
import { exitCodes } from '../../exit-codes.ts';

/** What a service file says of a node. */
export interface ServiceFacts {
  /** The command line of the supervisor; the first word is an absolute path. */
  readonly command: readonly [string, ...string[]];
  readonly home: string;
  /** The user that the service runs as; null leaves it to the operator. */
  readonly user: string | null;
  /** Milliseconds that the node may take to stop; 0 is for ever. */
  readonly stopTimeoutMs: number;
  /** What a reload runs. */
  readonly reload: readonly [string, ...string[]];
  /** The folders that supervisor and node write to; null where they are not known. */
  readonly writable: readonly string[] | null;
  /** Something of it lies in the machine's own temporary folder. */
  readonly sharesTmp: boolean;
}

/** After the node's grace period the supervisor kills it and ends itself; a kill before that can cost days of repair. */
const marginMs = 30_000;

/** Open files for a node with a big database and many peers; geth uses as many as the limit allows. */
const openFiles = 1_048_576;

/** More than a Go program can have threads before it ends itself (10,000): the limit is for a fault of the node, not for its work. */
const tasks = 16_384;

/**
 * The service file of a home.
 *
 * @throws AppError with exit code 64 for a character that the file cannot contain.
 */
export function serviceText(system: 'systemd' | 'launchd', facts: ServiceFacts): string {
  const { command, home, user, stopTimeoutMs, reload, writable, sharesTmp } = facts;
  try {
    return serviceFile(system, {
      origin: `By wemixvisor service ${system}.`,
      description: `geth-family node kept running by wemixvisor (${home})`,
      label: launchdLabel(home),
      command,
      user,
      stopTimeoutMs: stopTimeoutMs === 0 ? 0 : stopTimeoutMs + marginMs,
      openFiles,
      tasks,
      permanentExitCodes: [exitCodes.usage],
      notifies: true,
      reload,
      sandbox: { writable, sharesTmp },
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usageError(`${error.message}: put the value into a file that the node reads`);
  }
}

/** The name of the service of a home, as launchd lists it. */
export function launchdLabel(home: string): string {
  return `wemixvisor${home.replaceAll(/[^A-Za-z0-9]+/g, '.')}`.replace(/\.$/, '');
}
