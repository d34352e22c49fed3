import type { LogMark } from './classify-exit.ts';
import type { LifecycleEvent } from './lifecycle/event.ts';
import type { NodeRun } from './lifecycle/state.ts';
import { whyNotExecutable, type NodeCommand } from './node-command.ts';
import type { ProcessPorts } from './ports.ts';
import { recorderName } from './recorder-script.ts';
import { spawnLogged } from './spawn-logged.ts';
import type { SpawnedNode } from './spawn-node.ts';
import type { Timers } from './timers.ts';

/** What a spawner needs besides the ports. */
export interface SpawnerOptions {
  readonly runDirectory: string;
  readonly openLog: () => number;
  readonly logMark: LogMark | undefined;
  readonly timers: Timers;
  readonly dispatch: (event: LifecycleEvent) => void;
  /** Why no second node may run: processes of the last one live. */
  readonly whyNotGone: () => string | undefined;
  /** Called when {@link Spawner.executed} may have changed. */
  readonly onExecuted: () => void;
  /** The recorder of a child ended: with the node's own status, or null when the recorder was killed. */
  readonly onRecorderEnded: (run: NodeRun, generation: number, status: number | null) => void;
}

/** Makes the children of this supervisor, each of which becomes the node when it is released. */
export interface Spawner {
  spawn(generation: number, command: NodeCommand | null): Promise<void>;
  /** Lets the child execute the node's program; `persisted` is false when its pid could not be saved: then it must not. */
  release(generation: number, persisted: boolean): void;
  abandon(generation: number): void;
  /** The node of that generation was taken over: its program is executed already. */
  adopted(generation: number): void;
  /** Whether the program of that generation was executed. */
  executed(generation: number): boolean;
  /** When the child of that generation was made, on the monotonic clock; undefined for another supervisor's. */
  bornAt(generation: number): number | undefined;
  dispose(): void;
}

interface Child {
  readonly generation: number;
  readonly node: SpawnedNode;
  /** On the monotonic clock. */
  readonly bornAt: number;
}

/** Milliseconds between two checks whether the child became the node, and after which that is assumed. */
const executionPollMs = 2;
const executionPatienceMs = 2_000;

const notSaved = 'the state could not be saved, so the node was not run: check the disk';

/** The event of a spawn that ran no program. */
export function spawnFailed(
  { clock, random }: Pick<ProcessPorts, 'clock' | 'random'>,
  failure: { readonly generation: number; readonly reason: string; readonly permanent?: boolean },
): LifecycleEvent {
  return { type: 'spawnFailed', permanent: false, ...failure, at: clock.now(), jitter: random() };
}

/** Creates a spawner without a child. */
export function createSpawner(options: SpawnerOptions, ports: ProcessPorts): Spawner {
  const { timers, dispatch } = options;
  let child: Child | undefined;
  let executed = 0;
  let disposed = false;
  const childOf = (generation: number) => (child?.generation === generation ? child : undefined);
  const fail = (generation: number, reason: string, permanent = false): void =>
    dispatch(spawnFailed(ports, { generation, reason, permanent }));

  function announce(generation: number, node: SpawnedNode, before: BeforeRun): void {
    const run = disposed ? undefined : runOf(node, before, ports);
    if (run === undefined) {
      node.abandon();
      node.unref();
      fail(generation, 'the new process ended at once');
      return;
    }
    child = { generation, node, bornAt: ports.clock.monotonic() };
    void node.recorderEnded.then((status) => options.onRecorderEnded(run, generation, status));
    dispatch({ type: 'spawned', generation, run });
  }

  return {
    async spawn(generation, command) {
      await Promise.resolve(); // the event that caused this spawn is not done yet
      if (disposed) return;
      const why = options.whyNotGone() ?? whyNotRun(command);
      if (command === null || why !== undefined) {
        fail(generation, why ?? '', true);
        return;
      }
      try {
        announce(generation, ...(await makeChild(command, generation, options, ports)));
      } catch (error) {
        fail(generation, `the node could not be started: ${(error as Error).message}`);
      }
    },
    release(generation, persisted) {
      const own = childOf(generation);
      if (own === undefined) return;
      if (!persisted) {
        fail(generation, notSaved);
        own.node.abandon();
        return;
      }
      own.node.release();
      awaitExecution(own.node.pid, { ...ports, timers }, () => {
        executed = own.generation;
        options.onExecuted();
      });
    },
    abandon: (generation) => childOf(generation)?.node.abandon(),
    adopted: (generation) => void (executed = generation),
    executed: (generation) => executed >= generation,
    bornAt: (generation) => childOf(generation)?.bornAt,
    dispose() {
      disposed = true;
      child?.node.unref();
    },
  };
}

/** How things are before a run, by which is told what became of it. */
type BeforeRun = Pick<NodeRun, 'logMark' | 'killsBefore'>;

/** Makes a child, and looks while its shells start how things are: nothing is run before it is released. */
async function makeChild(
  command: NodeCommand,
  generation: number,
  { runDirectory, openLog, logMark }: SpawnerOptions,
  ports: ProcessPorts,
): Promise<readonly [SpawnedNode, BeforeRun]> {
  const child = spawnLogged(command, { runDirectory, generation }, openLog, ports.spawn);
  const before = beforeRun(ports, logMark);
  return [await child, before];
}

function beforeRun(
  { platform }: Pick<ProcessPorts, 'platform'>,
  logMark: LogMark | undefined,
): BeforeRun {
  const killsBefore = platform.memoryKills();
  return { ...marked(logMark), ...(killsBefore === undefined ? {} : { killsBefore }) };
}

/** The mark of a new run; none where it cannot be told, which is no reason not to run. */
function marked(logMark: LogMark | undefined): Pick<NodeRun, 'logMark'> {
  try {
    return logMark === undefined ? {} : { logMark: logMark() };
  } catch {
    return {};
  }
}

const whyNotRun = (command: NodeCommand | null): string | undefined =>
  command === null ? 'no command is known' : whyNotExecutable(command);

/** Calls back once the waiting child has become the node, or that is assumed. */
function awaitExecution(
  pid: number,
  {
    clock,
    platform,
    timers,
  }: Pick<ProcessPorts, 'clock' | 'platform'> & { readonly timers: Timers },
  onExecuted: () => void,
): void {
  const deadline = clock.monotonic() + executionPatienceMs;
  const look = (): void => {
    const waits = platform.commandLine(pid)?.includes(recorderName) === true;
    if (waits && clock.monotonic() < deadline) timers.arm('execution', executionPollMs, look);
    else onExecuted();
  };
  look();
}

/** The run that a new child is; undefined when it is gone already. */
function runOf(
  { pid, recorderPid }: SpawnedNode,
  before: BeforeRun,
  { clock, platform }: Pick<ProcessPorts, 'clock' | 'platform'>,
): NodeRun | undefined {
  const identity = platform.identify(pid);
  const recorder = platform.identify(recorderPid);
  if (identity === undefined || recorder === undefined) return undefined;
  return { identity, recorder, startedAt: clock.now(), adopted: false, ...before };
}
