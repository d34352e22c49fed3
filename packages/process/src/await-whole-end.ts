import type { NodeRun } from './lifecycle/state.ts';
import { awaitWriters } from './lingering-writers.ts';
import type { ProcessIdentity } from './platform/platform.ts';
import type { ProcessPorts } from './ports.ts';
import { isSameProcess } from './process-identity.ts';
import { signalGroup, signalProcess } from './signal-node.ts';
import { survivorsOf } from './survivors.ts';

/** Milliseconds between two looks while somebody lives. */
const lookEveryMs = 100;

/** A node whose first process has ended. */
export interface EndingNode {
  readonly run: NodeRun;
  /** Who was asked to end already, by an earlier supervisor. */
  readonly asked: readonly ProcessIdentity[];
  /** SIGKILL was ordered already: nobody is asked any more. */
  readonly killing: boolean;
  /** Where processes that left the session are recognised by; undefined: nobody looks. */
  readonly logFile: string | undefined;
}

/** What is heard of it. */
export interface WholeEndListener {
  /** Somebody lives on: all who were found so far, each of whom has received a signal. */
  onSurvivors(found: readonly ProcessIdentity[]): void;
  /** Nobody of the node lives, except those that left its session; `outlived` when there was somebody. */
  onEnd(strays: readonly ProcessIdentity[], outlived: boolean): void;
}

/** The wait for the end of all. */
export interface WholeEnd {
  /** Looks for the first time. Where nobody is left, as after an ordinary node, the end is heard of before this returns. */
  begin(): void;
  /** Sends SIGKILL to all who are left, and to those found later; false when that reached nobody. */
  kill(): boolean;
  readonly cancel: () => void;
}

/**
 * Waits until nobody of a node is left. A wrapper script without `exec` does not pass SIGTERM on, and one that crashes
 * leaves the program it ran: whoever is found in the node's session receives one SIGTERM and is waited for.
 */
export function awaitWholeEnd(
  { run, logFile, ...node }: EndingNode,
  listener: WholeEndListener,
  ports: ProcessPorts,
): WholeEnd {
  const { clock, platform } = ports;
  const found = new Map(node.asked.map((one) => [keyOf(one), one]));
  let { killing } = node;
  let looks = 0;
  let told = 0;
  let living: readonly ProcessIdentity[] = [];
  let cancel: () => void = () => undefined;

  function look(): void {
    // Checking the known ones costs less than looking at every process.
    living = living.filter((one) => isSameProcess(one, platform));
    if (living.length === 0) living = survivorsOf(run, platform);
    if (living.length === 0) {
      endOfSession();
      return;
    }
    looks += 1;
    signalNew();
    cancel = clock.setTimer(look, lookEveryMs);
    // Those killed with the group take a moment to go: nobody need hear of them.
    if (told === found.size || (killing && looks === 1)) return;
    told = found.size;
    listener.onSurvivors([...found.values()]);
  }

  function signalNew(): void {
    const fresh = living.filter((one) => !found.has(keyOf(one)));
    for (const one of fresh) {
      found.set(keyOf(one), one);
      signalProcess(one, killing ? 'SIGKILL' : 'SIGTERM', ports);
    }
    // One that is paused receives its SIGTERM only when it is resumed.
    if (fresh.length > 0) signalGroup(run, 'SIGCONT', ports);
  }

  function endOfSession(): void {
    const onWriters = (pids: readonly number[]): void => {
      listener.onEnd(
        pids.flatMap((pid) => platform.identify(pid) ?? []),
        looks > 0,
      );
    };
    if (logFile === undefined) {
      onWriters([]);
      return;
    }
    const { pid: except, startTime: since } = run.recorder;
    cancel = awaitWriters({ logFile, since, except }, onWriters, ports);
  }

  return {
    begin: look,
    kill() {
      killing = true;
      living = survivorsOf(run, platform);
      for (const one of living) found.set(keyOf(one), one);
      return living.filter((one) => signalProcess(one, 'SIGKILL', ports)).length > 0;
    },
    cancel: () => cancel(),
  };
}

const keyOf = ({ pid, startTime }: ProcessIdentity): string => `${pid} ${startTime}`;
