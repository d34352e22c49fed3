import { readExitRecord, type ExitRecord } from './exit-record.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';

/** Milliseconds between two looks at a node that is not our child. */
const pollMs = 250;
/** A zombie counts as gone; its recorder needs a moment more to write down how it ended. */
const recorderGraceMs = 1_000;
const recorderPollMs = 5;

/** Where to look for the end of a run. */
export interface WatchedRun {
  readonly run: NodeRun;
  readonly generation: number;
  readonly runDirectory: string;
}

/**
 * Looks every 250 ms whether the process is still the one recorded, then hands over how it ended;
 * undefined when nobody wrote it down. The answer ends the watch.
 */
export function watchNode(
  watched: WatchedRun,
  onGone: (record: ExitRecord | undefined) => void,
  { clock, platform }: Pick<ProcessPorts, 'clock' | 'platform'>,
): () => void {
  let cancel: () => void = () => undefined;
  const look = (): void => {
    if (isSameProcess(watched.run.identity, platform)) cancel = clock.setTimer(look, pollMs);
    else awaitRecord(clock.monotonic() + recorderGraceMs);
  };
  const awaitRecord = (deadline: number): void => {
    const record = readExitRecord(watched.runDirectory, watched.generation);
    const { recorder } = watched.run;
    const hope =
      recorder !== null && clock.monotonic() < deadline && isSameProcess(recorder, platform);
    if (record !== undefined || !hope)
      return onGone(record ?? readExitRecord(watched.runDirectory, watched.generation));
    cancel = clock.setTimer(() => awaitRecord(deadline), recorderPollMs);
  };
  look();
  return () => cancel();
}
