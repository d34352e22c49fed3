import type { Platform } from './platform/platform.ts';
import type { ProcessPorts } from './ports.ts';
import { recorderName } from './recorder-script.ts';

/** Milliseconds that the shell of a node that just ended has to write how it ended. */
const patienceMs = 2_000;
const lookEveryMs = 100;

/** Whose writers are looked for. */
export interface LogToWatch {
  readonly logFile: string;
  /** Leaves out who began earlier, see `Platform.writersOf`. @default nobody is left out */
  readonly since?: string;
  /** A pid that does not count. @default none */
  readonly except?: number;
}

/**
 * Looks who has the log of a node open for writing that should not be running, and hands over those who still do after
 * 2 seconds, the likeliest node first; at once, and nobody, when nobody does. The returned function ends the wait.
 */
export function awaitWriters(
  { logFile, since, except }: LogToWatch,
  onKnown: (lingering: readonly number[]) => void,
  { clock, platform }: Pick<ProcessPorts, 'clock' | 'platform'>,
): () => void {
  const deadline = clock.monotonic() + patienceMs;
  let cancel: () => void = () => undefined;
  const look = (): void => {
    const writers = platform.writersOf(logFile, since).filter((pid) => pid !== except);
    if (writers.length > 0 && clock.monotonic() < deadline) {
      cancel = clock.setTimer(look, lookEveryMs);
    } else {
      onKnown(nodesFirst(writers, platform));
    }
  };
  look();
  return () => cancel();
}

/** The shell that waits for a node has its log as well, and takes no notice of SIGTERM. */
function nodesFirst(writers: readonly number[], platform: Platform): readonly number[] {
  const isShell = (pid: number) => (platform.commandLine(pid) ?? '').includes(recorderName);
  const nodes = writers.filter((pid) => !isShell(pid));
  return [...nodes, ...writers.filter((pid) => !nodes.includes(pid))];
}
