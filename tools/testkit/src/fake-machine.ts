import { fakeClock, type FakeClock } from './fake-clock.ts';

/** A process as the fake machine tells it apart from others. */
export interface FakeIdentity {
  readonly pid: number;
  readonly startTime: string;
  readonly bootId: string;
  readonly executable: string;
}

/** How a node ended, as its recorder wrote it down. */
export interface FakeExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly ran: boolean;
  readonly at: number;
}

/** What a node was started with. */
export interface FakeCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** How the next nodes behave. */
export interface FakeBehaviour {
  ignoresTerm: boolean;
  spawnFails: boolean;
  /** The recorder cannot write its record (a full disk); its own exit status still tells the node's. */
  recordsNothing: boolean;
  /** They are wrappers: each has a child in its group, which lives on when the wrapper ends. */
  wraps: boolean;
  /** They have not come to their handlers yet: SIGTERM ends them by the signal. */
  awaitsHandler: boolean;
}

interface FakeNode {
  readonly generation: number;
  readonly recorderPid: number;
  executed: boolean;
  readonly end: (status: number | null) => void;
}

interface FakeProcess {
  readonly identity: FakeIdentity;
  /** The recorder of a node leads a group, and both are in it; a stranger leads its own. */
  readonly groupId: number;
  /** Undefined for a recorder, for strangers and for the child of a wrapper. */
  readonly node?: FakeNode;
  readonly isWrapped?: true;
}

/** The name by which the waiting child is told from the node it becomes; process checks that it is its own. */
const recorderName = 'wemixvisor-recorder';

/**
 * A machine with pids, process groups, signals, recorders and exit records, and with other people's processes on it.
 * Its `ports()` fit `supervise()` of `@wemixvisor/process`, which then runs on the fake clock without a real process.
 * The program of a command is never run, but it must exist, for the supervisor looks at it: `/bin/sh` does.
 *
 * @example
 * const machine = createFakeMachine();
 * const node = await supervise(options, machine.ports().ports);
 */
export function createFakeMachine(clock: FakeClock = fakeClock()) {
  const processes = new Map<number, FakeProcess>();
  const strangers = new Set<number>();
  const records = new Map<number, FakeExit>();
  const signals: { readonly pid: number; readonly signal: string }[] = [];
  const commands: FakeCommand[] = [];
  const wrongs: string[] = [];
  const behaviour: FakeBehaviour = {
    ignoresTerm: false,
    spawnFails: false,
    recordsNothing: false,
    wraps: false,
    awaitsHandler: false,
  };
  let boot = 1;
  let lastPid = 100;
  let births = 0;

  const identityOf = (pid: number, executable: string): FakeIdentity => ({
    pid,
    startTime: `${clock.monotonic()}/${++births}`,
    bootId: `boot ${boot}`,
    executable,
  });
  const nodes = () => [...processes.values()].filter(({ node }) => node?.executed === true);
  /** Children whose wrapper is gone. */
  const orphans = () => {
    const wrappers = nodes().map(({ groupId }) => groupId);
    return [...processes.values()].filter(
      ({ isWrapped, groupId }) => isWrapped === true && !wrappers.includes(groupId),
    );
  };

  function end(pid: number, code: number | null, signal: string | null): void {
    const process = processes.get(pid);
    if (process?.node === undefined) return;
    const { generation, recorderPid, executed } = process.node;
    processes.delete(pid);
    if (processes.delete(recorderPid) && !behaviour.recordsNothing) {
      records.set(generation, { code, signal, ran: executed, at: clock.now() });
    }
    process.node.end(code ?? 137);
  }

  function endRecorder(recorderPid: number): void {
    if (!processes.delete(recorderPid)) return;
    for (const { node } of processes.values()) {
      if (node?.recorderPid === recorderPid) node.end(null);
    }
  }

  async function spawn(command: FakeCommand, { generation }: { readonly generation: number }) {
    await Promise.resolve();
    if (behaviour.spawnFails) throw new Error('EAGAIN');
    const recorderPid = ++lastPid;
    const pid = ++lastPid;
    let settle: (status: number | null) => void = () => undefined;
    const recorderEnded = new Promise<number | null>((resolve) => (settle = resolve));
    const node: FakeNode = { generation, recorderPid, executed: false, end: settle };
    const groupId = recorderPid;
    processes.set(recorderPid, { identity: identityOf(recorderPid, '/bin/sh'), groupId });
    processes.set(pid, { identity: identityOf(pid, '/bin/sh'), groupId, node });
    records.clear();
    return {
      pid,
      recorderPid,
      recorderEnded,
      unref: () => undefined,
      abandon: () => end(pid, 125, null),
      release() {
        if (!processes.has(pid)) return;
        const [other] = [...nodes(), ...orphans()];
        if (other !== undefined) wrongs.push(`a second node runs beside ${other.identity.pid}`);
        node.executed = true;
        commands.push(command);
        if (!behaviour.wraps) return;
        const child = ++lastPid;
        processes.set(child, {
          identity: identityOf(child, '/bin/geth'),
          groupId,
          isWrapped: true,
        });
      },
    };
  }

  /** One process gets a signal; a recorder has traps for all but SIGKILL. */
  function deliver(pid: number, name: string): void {
    const { node, isWrapped } = processes.get(pid) ?? {};
    if (isWrapped === true) {
      if (name === 'SIGKILL' || (name === 'SIGTERM' && !behaviour.ignoresTerm))
        processes.delete(pid);
      return;
    }
    if (name === 'SIGKILL') {
      if (node === undefined) endRecorder(pid);
      else end(pid, null, name);
    }
    if (name !== 'SIGTERM' || node === undefined) return;
    if (behaviour.awaitsHandler) end(pid, null, name);
    else if (!behaviour.ignoresTerm) end(pid, 0, null);
  }

  function signal(pid: number, name: string): boolean {
    signals.push({ pid, signal: name });
    const meant = [...processes].filter(([own, { groupId }]) =>
      pid < 0 ? groupId === -pid : own === pid,
    );
    for (const [own] of meant) {
      if (strangers.has(own)) wrongs.push(`${name} to ${pid < 0 ? 'the group of ' : ''}a stranger`);
      else deliver(own, name);
    }
    return meant.length > 0;
  }

  const platform = {
    identify: (pid: number) => processes.get(pid)?.identity,
    commandLine(pid: number) {
      const { node } = processes.get(pid) ?? {};
      return node?.executed === false ? `/bin/sh ${recorderName}` : 'geth';
    },
    usage: () => undefined,
    fileDescriptors: () => undefined,
    writersOf: () => [],
    membersOf: (numbers: readonly number[]) =>
      [...processes.values()]
        .filter(({ groupId }) => numbers.includes(groupId))
        .map(({ identity }) => identity),
    memoryKills: () => undefined,
    listeningSockets: () => [],
    memoryKillOf: () => undefined,
    awaitsHandler: (pid: number) =>
      behaviour.awaitsHandler && processes.get(pid)?.node?.executed === true,
    mayExist: (pid: number) => processes.has(pid),
    identifyEveryMs: 0,
  };

  /**
   * Every pid ever used belongs to somebody else now, except those of living processes and their groups:
   * a kernel gives the number of a group to nobody while the group has a member.
   */
  function reusePids(): void {
    const groups = [...processes.values()].map(({ groupId }) => groupId);
    for (let pid = 101; pid <= lastPid; pid += 1) {
      if (processes.has(pid) || groups.includes(pid)) continue;
      strangers.add(pid);
      processes.set(pid, { identity: identityOf(pid, '/usr/bin/stranger'), groupId: pid });
    }
  }

  /** The ports of one supervisor, and its death: afterwards they do nothing, as after kill -9. */
  function ports() {
    let dead = false;
    return {
      ports: {
        clock,
        platform,
        readExit: (_runDirectory: string, generation: number) => records.get(generation),
        random: () => 0,
        signal: (pid: number, name: string) => !dead && signal(pid, name),
        async spawn(command: FakeCommand, options: { readonly generation: number }) {
          if (dead) throw new Error('dead');
          const made = await spawn(command, options);
          const died = (): boolean => dead;
          if (died()) made.abandon();
          return { ...made, release: () => (dead ? made.abandon() : made.release()) };
        },
      },
      /** A child that still waits for its release ends by itself. */
      dies: (): void => {
        dead = true;
        for (const { identity, node } of [...processes.values()]) {
          if (node?.executed === false) end(identity.pid, 125, null);
        }
      },
      isDead: () => dead,
    };
  }

  return {
    clock,
    behaviour,
    ports,
    /** Every signal that was sent; a negative pid is a group. */
    signals,
    /** The commands that were executed, in order. */
    commands,
    /** What must never happen, such as a second node or a signal to a stranger. */
    wrongs,
    /** The pids of the nodes that run, one at most if all is well: a child counts when its wrapper is gone. */
    nodes: () => [...nodes(), ...orphans()].map(({ identity }) => identity.pid),
    executions: () => commands.length,
    /** The running node ends by itself, with a code or by a signal. */
    exit: (how: number | string): void => {
      const [code, by] = typeof how === 'number' ? [how, null] : [null, how];
      for (const { identity } of nodes()) end(identity.pid, code, by);
    },
    /** The children of wrappers that are gone end by themselves. */
    orphansExit: (): void => {
      for (const { identity } of orphans()) processes.delete(identity.pid);
    },
    /** Somebody kills the recorder alone. */
    killRecorder: (): void => {
      for (const { node } of nodes()) endRecorder(node?.recorderPid ?? 0);
    },
    reusePids,
    /** Power fails and comes back; the pids of before belong to others. */
    reboot: (): void => {
      boot += 1;
      processes.clear();
      reusePids();
    },
  };
}

/** What {@link createFakeMachine} makes. */
export type FakeMachine = ReturnType<typeof createFakeMachine>;
