import { ProcessError } from './errors.ts';
import { awaitWriters } from './lingering-writers.ts';
import type { ProcessPorts } from './ports.ts';

/**
 * Makes sure that nobody writes to the log of a node that is not running: a process that does is a node that the record
 * does not know, and a second one beside it would damage its data.
 *
 * @throws ProcessError `NODE_UNKNOWN` naming the process.
 */
export async function refuseStrangers(
  logFile: string,
  ports: Pick<ProcessPorts, 'clock' | 'platform'>,
): Promise<void> {
  const [pid] = await new Promise<readonly number[]>((resolve) => {
    awaitWriters({ logFile }, resolve, ports);
  });
  if (pid === undefined) return;
  throw new ProcessError(
    'NODE_UNKNOWN',
    `process ${pid} writes to ${logFile}, and no record knows it: a node still runs here and gets no second one beside it; stop it (kill -TERM ${pid}, and wait until it has gone), then start again`,
  );
}
