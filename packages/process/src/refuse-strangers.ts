import { ProcessError } from './errors.ts';
import type { ProcessPorts } from './ports.ts';
import { recorderName } from './recorder-script.ts';

/** Milliseconds that the shell of a node that just ended has to write how it ended. */
const patienceMs = 2_000;
const lookEveryMs = 100;

/**
 * Makes sure that nobody writes to the log of a node that is not running: a process that does is a node that the record
 * does not know, and a second one beside it would damage its data.
 *
 * @throws ProcessError NODE_UNKNOWN naming the process.
 */
export async function refuseStrangers(
  logFile: string,
  { clock, platform }: Pick<ProcessPorts, 'clock' | 'platform'>,
): Promise<void> {
  const until = clock.monotonic() + patienceMs;
  for (;;) {
    const writers = platform.writersOf(logFile);
    // The shell that waits for a node has its log as well, and takes no notice of SIGTERM.
    const isNode = (pid: number) => !(platform.commandLine(pid) ?? '').includes(recorderName);
    const pid = writers.find(isNode) ?? writers[0];
    if (pid === undefined) return;
    if (clock.monotonic() >= until) {
      throw new ProcessError(
        'NODE_UNKNOWN',
        `process ${pid} writes to ${logFile}, and no record knows it: a node still runs here and gets no second one beside it; stop it (kill -TERM ${pid}, and wait until it has gone), then start again`,
      );
    }
    await new Promise<void>((resolve) => clock.setTimer(resolve, lookEveryMs));
  }
}
