import { awaitWholeEnd, type WholeEnd, type WholeEndListener } from './await-whole-end.ts';
import { classifyExit, noFindings, type ClassifyExit, type ExitFindings } from './classify-exit.ts';
import type { Clock } from './clock.ts';
import type { ProcessError } from './errors.ts';
import type { ExitRecord } from './exit-record.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessIdentity } from './platform/platform.ts';
import type { ProcessPorts } from './ports.ts';
import { processEnd } from './process-end.ts';
import { isSameProcess } from './process-identity.ts';
import { signalGroup, signalProcess } from './signal-node.ts';
import { spawnFailed } from './spawner.ts';
import { strayWords } from './survivor-words.ts';
import type { Timers } from './timers.ts';
import { watchNode } from './watch-node.ts';

/** What an end observer needs besides the ports. */
export interface EndObserverOptions {
  readonly runDirectory: string;
  readonly logFile: string | undefined;
  readonly timers: Timers;
  readonly classifyExit: ClassifyExit | undefined;
  readonly report: (error: ProcessError) => void;
  readonly dispatch: (event: LifecycleEvent) => void;
  /** When the child of a generation was made, on the monotonic clock; undefined for another supervisor's. */
  readonly bornAt: (generation: number) => number | undefined;
}

/** Sees that a node ended, and how. */
export interface EndObserver {
  /** The recorder of an own child ended: with the node's own status, or null when the recorder was killed. */
  recorderEnded(run: NodeRun, generation: number, status: number | null): void;
  /** Polls a node that is not our child. */
  watch(run: NodeRun, generation: number): void;
  /** Reads how a node ended whose first process is already gone; `asked` are those of it that got their SIGTERM before. */
  learnEnd(run: NodeRun, generation: number, asked: readonly ProcessIdentity[]): void;
  /** Sends SIGKILL to the node, and to the rest of it when its first process is gone. */
  kill(run: NodeRun): void;
  /** Why the last node is not gone though nobody of its session lives: processes left it and write to its log. */
  whyNotGone(): string | undefined;
}

const neverRan = 'the new process ended before it could become the node';

/** When an end was seen, on both clocks. */
interface Seen {
  readonly at: number;
  readonly monotonic: number;
}

/** The end of a whole node. */
interface AllEnded {
  readonly run: NodeRun;
  readonly generation: number;
  /** How its first process ended; undefined when that was not recorded. */
  readonly record: ExitRecord | undefined;
  readonly left: readonly ProcessIdentity[];
  /** Others of it outlived the first process. */
  readonly outlived: boolean;
  /** When the end of the last of them was seen. */
  readonly seen: Seen;
}

/** Creates an end observer that watches nothing yet. */
export function createEndObserver(options: EndObserverOptions, ports: ProcessPorts): EndObserver {
  const { runDirectory, logFile, timers, dispatch, bornAt } = options;
  const { clock, platform } = ports;
  let killing: NodeRun | undefined;
  let learned: { readonly run: NodeRun; readonly asked: readonly ProcessIdentity[] } | undefined;
  let wholeEnd: WholeEnd | undefined;
  let strays: readonly ProcessIdentity[] = [];

  function watch(run: NodeRun, generation: number): void {
    const watched = { run, generation, runDirectory };
    // The first check comes after the present transition, because the node may be gone already.
    timers.arm('watch', 0, () => {
      timers.keep(
        'watch',
        watchNode(watched, (record) => ended(run, generation, record), ports),
      );
    });
  }

  /** The first process of the node ended: nothing is decided before all have. */
  function ended(run: NodeRun, generation: number, record: ExitRecord | undefined): void {
    if (killing === run) signalGroup(run, 'SIGKILL', ports);
    if (bornAt(generation) !== undefined && record?.ran === false) {
      killing = undefined;
      dispatch(spawnFailed(ports, { generation, reason: neverRan }));
      return;
    }
    const before = learned?.run === run ? learned.asked : undefined;
    const first = { run, generation, record, recovered: before !== undefined };
    const ending = { run, asked: before ?? [], killing: killing === run, logFile };
    wholeEnd = awaitWholeEnd(ending, listenerOf(first, allEnded, dispatch, clock), ports);
    timers.keep('end', wholeEnd.cancel);
    wholeEnd.begin();
  }

  function allEnded(all: AllEnded): void {
    // An earlier supervisor may have killed a node that is gone at adoption: the record tells.
    const killed = killing === all.run || learned?.run === all.run;
    killing = undefined;
    wholeEnd = undefined;
    strays = all.left;
    publishEnd(all, killed, options, ports);
  }

  return {
    recorderEnded(run, generation, status) {
      const record = ports.readExit(runDirectory, generation);
      if (record !== undefined) ended(run, generation, record);
      // When only the recorder was killed the node goes on: it is polled like an adopted one.
      else if (isSameProcess(run.identity, platform)) watch(run, generation);
      // The record could not be written (a full disk), but a recorder ends with the node's own status.
      else ended(run, generation, { code: status, signal: null, ran: true, at: clock.now() });
    },
    watch,
    learnEnd(run, generation, asked) {
      learned = { run, asked };
      watch(run, generation);
    },
    kill(run) {
      if (wholeEnd?.kill() === false) return;
      // The node first: its group includes the recorder, which has to write how it ended.
      killing = run;
      signalProcess(run.identity, 'SIGKILL', ports);
    },
    whyNotGone() {
      strays = strays.filter((one) => isSameProcess(one, platform));
      return strays.length > 0 ? strayWords(strays) : undefined;
    },
  };
}

/** What is made of who is left: an event where somebody is, and the end where nobody is. */
function listenerOf(
  first: Pick<AllEnded, 'run' | 'generation' | 'record'> & { readonly recovered: boolean },
  onAllEnded: (all: AllEnded) => void,
  dispatch: (event: LifecycleEvent) => void,
  clock: Clock,
): WholeEndListener {
  const { generation, recovered, record } = first;
  const { code = null, signal = null } = record ?? {};
  const now = (): Seen => ({ at: clock.now(), monotonic: clock.monotonic() });
  const firstSeen = now();
  return {
    onSurvivors(survivors) {
      const { at } = now();
      dispatch({ type: 'survivorsFound', generation, at, survivors, recovered, code, signal });
    },
    onEnd(left, outlived) {
      onAllEnded({ ...first, left, outlived, seen: outlived ? now() : firstSeen });
    },
  };
}

/** Has the end classified, and dispatches it. */
function publishEnd(
  all: AllEnded,
  killed: boolean,
  { timers, dispatch, report, bornAt, classifyExit: classify }: EndObserverOptions,
  { clock, random, platform }: ProcessPorts,
): void {
  const { left, seen, record } = all;
  const born = bornAt(all.generation);
  const upMs = born === undefined ? undefined : seen.monotonic - born;
  const end = processEnd({ ...all, seenAt: seen.at, upMs }, platform);
  const ran = record?.ran ?? true;
  const exited = (findings: ExitFindings): void => {
    const classifiedAt = seen.at + Math.round(clock.monotonic() - seen.monotonic);
    const jitter = random();
    dispatch({ type: 'exited', ...end, classifiedAt, findings, killed, left, ran, jitter });
  };
  if (classify === undefined || !ran) exited(noFindings);
  else timers.keep('classify', classifyExit(end, { classify, clock, report }, exited));
}
