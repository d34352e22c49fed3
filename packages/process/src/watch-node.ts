import type { ExitRecord } from './exit-record.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';

/** Milliseconds between two checks of a node that is not our child. */
const pollMs = 250;
/** A zombie counts as gone; its recorder needs a moment more to write how it ended. */
const recorderGraceMs = 1_000;
const recorderPollMs = 5;

/** The run to watch and where its exit record is. */
export interface WatchedRun {
  readonly run: NodeRun;
  readonly generation: number;
  readonly runDirectory: string;
}

/**
 * Checks every 250 ms whether the process is still the recorded one, then hands over how it ended;
 * undefined when that was not recorded. The returned function ends the watch.
 */
export function watchNode(
  { run, generation, runDirectory }: WatchedRun,
  onGone: (record: ExitRecord | undefined) => void,
  { clock, platform, readExit }: ProcessPorts,
): () => void {
  let cancel: () => void = () => undefined;
  let identified = -Infinity;

  const isThere = (): boolean => {
    if (!platform.mayExist(run.identity.pid)) return false;
    if (clock.monotonic() - identified < platform.identifyEveryMs) return true;
    identified = clock.monotonic();
    return isSameProcess(run.identity, platform);
  };
  const look = (): void => {
    if (isThere()) cancel = clock.setTimer(look, pollMs);
    else awaitRecord(clock.monotonic() + recorderGraceMs);
  };
  const awaitRecord = (deadline: number): void => {
    // The recorder is checked before the record is read: one that is gone by now writes nothing afterwards.
    const hope = isSameProcess(run.recorder, platform) && clock.monotonic() < deadline;
    const record = readExit(runDirectory, generation);
    if (record === undefined && hope) {
      cancel = clock.setTimer(() => awaitRecord(deadline), recorderPollMs);
    } else {
      onGone(record);
    }
  };

  look();
  return () => cancel();
}
