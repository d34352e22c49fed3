import { awaitWholeEnd, type WholeEnd } from './await-whole-end.ts';
import {
  classifyExit,
  noFindings,
  type ClassifyExit,
  type ExitFindings,
  type ProcessEnd,
} from './classify-exit.ts';
import type { ProcessError } from './errors.ts';
import type { ExitRecord } from './exit-record.ts';
import type { Exited, LifecycleEvent } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessIdentity } from './platform/platform.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';
import { signalGroup, signalProcess } from './signal-node.ts';
import { spawnFailed } from './spawner.ts';
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
  /** Processes that live on, though nobody of the last node's session does: they left it and write to its log. */
  strays(): readonly ProcessIdentity[];
}

/** The end of a whole node. */
interface AllEnded {
  readonly run: NodeRun;
  readonly generation: number;
  readonly record: ExitRecord | undefined;
  readonly left: readonly ProcessIdentity[];
  readonly outlived: boolean;
  /** When the end of the last of them was seen. */
  readonly seen: { readonly at: number; readonly monotonic: number };
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
    timers.cancel('watch');
    const onGone = (record: ExitRecord | undefined): void => ended(run, generation, record);
    // The first check comes after the present transition, because the node may be gone already.
    timers.arm('watch', 0, () => {
      timers.keep('watch', watchNode({ run, generation, runDirectory }, onGone, ports));
    });
  }

  /** The first process of the node ended: nothing is decided before all have. */
  function ended(run: NodeRun, generation: number, record: ExitRecord | undefined): void {
    if (killing === run) signalGroup(run, 'SIGKILL', ports);
    if (bornAt(generation) !== undefined && record?.ran === false) {
      killing = undefined;
      const reason = 'the new process ended before it could become the node';
      dispatch(spawnFailed(ports, { generation, reason }));
      return;
    }
    const asked = learned?.run === run ? learned.asked : [];
    const node = { run, asked, killing: killing === run, logFile };
    const { code = null, signal = null } = record ?? {};
    const now = (): AllEnded['seen'] => ({ at: clock.now(), monotonic: clock.monotonic() });
    const first = now();
    wholeEnd = awaitWholeEnd(
      node,
      {
        onSurvivors(survivors) {
          const recovered = learned?.run === run;
          const at = clock.now();
          dispatch({ type: 'survivorsFound', generation, at, survivors, recovered, code, signal });
        },
        onEnd(left, outlived) {
          allEnded({ run, generation, record, left, outlived, seen: outlived ? now() : first });
        },
      },
      ports,
    );
    timers.keep('end', wholeEnd.cancel);
    wholeEnd.begin();
  }

  function allEnded({ run, generation, record, left, outlived, seen }: AllEnded): void {
    const { code = null, signal = null, ran = true } = record ?? {};
    const recordedAt = outlived ? seen.at : (record?.at ?? seen.at);
    const at = Math.min(seen.at, Math.max(recordedAt, run.startedAt));
    const born = bornAt(generation);
    // An earlier supervisor may have killed a node that is gone at adoption: the record tells.
    const killed = killing === run || learned?.run === run;
    killing = undefined;
    wholeEnd = undefined;
    strays = left;
    const uptimeMs = Math.round(
      born === undefined ? Math.max(0, at - run.startedAt) : seen.monotonic - born,
    );
    const end = { generation, code, signal, at, seenAt: seen.at, uptimeMs };
    classified(end, seen, { left, killed, ran });
  }

  function classified(
    end: ProcessEnd,
    seen: AllEnded['seen'],
    more: Pick<Exited, 'left' | 'killed' | 'ran'>,
  ): void {
    const exited = (findings: ExitFindings): void => {
      const classifiedAt = seen.at + Math.round(clock.monotonic() - seen.monotonic);
      const jitter = ports.random();
      dispatch({ type: 'exited', ...end, ...more, classifiedAt, findings, jitter });
    };
    const { classifyExit: classify, report } = options;
    if (classify === undefined || !more.ran) exited(noFindings);
    else timers.keep('classify', classifyExit(end, { classify, clock, report }, exited));
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
      if (wholeEnd !== undefined) {
        if (wholeEnd.kill()) killing = run;
        return;
      }
      // The node first: its group includes the recorder, which has to write how it ended.
      killing = run;
      signalProcess(run.identity, 'SIGKILL', ports);
    },
    strays: () => (strays = strays.filter((one) => isSameProcess(one, platform))),
  };
}
