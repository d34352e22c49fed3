import { classifyExit, noFindings, type ClassifyExit, type ExitFindings } from './classify-exit.ts';
import type { ProcessError } from './errors.ts';
import type { ExitRecord } from './exit-record.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';
import { signalGroup, signalProcess } from './signal-node.ts';
import { spawnFailed } from './spawner.ts';
import type { Timers } from './timers.ts';
import { watchNode } from './watch-node.ts';

/** What an end observer needs besides the ports. */
export interface EndObserverOptions {
  readonly runDirectory: string;
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
  /** Reads how a node ended that is already gone. */
  learnEnd(run: NodeRun, generation: number): void;
  /** Sends SIGKILL to the node, and to the rest of its group when it is gone. */
  kill(run: NodeRun): void;
}

/** Creates an end observer that watches nothing yet. */
export function createEndObserver(options: EndObserverOptions, ports: ProcessPorts): EndObserver {
  const { runDirectory, timers, dispatch, report, classifyExit: classify, bornAt } = options;
  const { clock, platform } = ports;
  let killing: NodeRun | undefined;
  let learned: NodeRun | undefined;

  function watch(run: NodeRun, generation: number): void {
    timers.cancel('watch');
    const onGone = (record: ExitRecord | undefined): void => ended(run, generation, record);
    // The first check comes after the present transition, because the node may be gone already.
    timers.arm('watch', 0, () => {
      timers.keep('watch', watchNode({ run, generation, runDirectory }, onGone, ports));
    });
  }

  function ended(run: NodeRun, generation: number, record: ExitRecord | undefined): void {
    const seenAt = clock.now();
    const { code = null, signal = null, ran = true } = record ?? {};
    const at = Math.min(seenAt, Math.max(record?.at ?? seenAt, run.startedAt));
    const born = bornAt(generation);
    // An earlier supervisor may have killed a node that is gone at adoption: the record tells.
    const killed = killing === run || learned === run;
    if (killing === run) signalGroup(run, 'SIGKILL', ports);
    killing = undefined;
    if (born !== undefined && !ran) {
      const reason = 'the new process ended before it could become the node';
      dispatch(spawnFailed(ports, { generation, reason }));
      return;
    }
    const uptimeMs = Math.round(
      born === undefined ? Math.max(0, at - run.startedAt) : clock.monotonic() - born,
    );
    const end = { generation, code, signal, at, seenAt, uptimeMs };
    const seen = clock.monotonic();
    const exited = (findings: ExitFindings): void => {
      const classifiedAt = seenAt + Math.round(clock.monotonic() - seen);
      const jitter = ports.random();
      dispatch({ type: 'exited', ...end, classifiedAt, findings, killed, ran, jitter });
    };
    if (classify === undefined || !ran) exited(noFindings);
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
    learnEnd(run, generation) {
      learned = run;
      watch(run, generation);
    },
    kill(run) {
      // The node first: its group includes the recorder, which has to write how it ended.
      killing = run;
      signalProcess(run.identity, 'SIGKILL', ports);
    },
  };
}
