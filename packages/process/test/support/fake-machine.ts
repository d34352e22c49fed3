import type { FakeClock } from '@wemixvisor/testkit';
import type { ExitRecord } from '../../src/exit-record.ts';
import type { Platform, ProcessIdentity, ProcessPorts } from '../../src/ports.ts';
import { recorderName } from '../../src/recorder-script.ts';
import type { SpawnNode } from '../../src/spawn-node.ts';

interface FakeProcess {
  readonly identity: ProcessIdentity;
  /** Undefined for a process that is none of ours. */
  readonly ours?: {
    readonly generation: number;
    readonly recorderPid: number;
    executed: boolean;
    readonly end: (status: number | null) => void;
  };
}

/** How the next nodes behave. */
export interface Behaviour {
  ignoresTerm: boolean;
  spawnFails: boolean;
}

/** A machine with pids, signals, recorders and exit records, and with other people's processes on it. */
export function fakeMachine(clock: FakeClock) {
  const processes = new Map<number, FakeProcess>();
  const records = new Map<number, ExitRecord>();
  const signals: { readonly pid: number; readonly signal: string }[] = [];
  const wrongs: string[] = [];
  const behaviour: Behaviour = { ignoresTerm: false, spawnFails: false };
  let boot = 1;
  let lastPid = 100;
  let executions = 0;

  const identityOf = (pid: number, executable: string): ProcessIdentity => ({
    pid,
    startTime: `${clock.monotonic()}/${Math.random()}`,
    bootId: `boot ${boot}`,
    executable,
  });
  const nodes = () => [...processes.values()].filter(({ ours }) => ours?.executed === true);

  function end(pid: number, code: number | null, signal: string | null): void {
    const process = processes.get(pid);
    if (process?.ours === undefined) return;
    const { generation, recorderPid, executed } = process.ours;
    processes.delete(pid);
    if (processes.delete(recorderPid)) {
      records.set(generation, { code, signal, ran: executed, at: clock.now() });
    }
    process.ours.end(code ?? 137);
  }

  const spawn: SpawnNode = async (_, { generation }) => {
    await Promise.resolve();
    if (behaviour.spawnFails) throw new Error('EAGAIN');
    const recorderPid = ++lastPid;
    const pid = ++lastPid;
    let settle: (status: number | null) => void = () => undefined;
    const recorderEnded = new Promise<number | null>((resolve) => (settle = resolve));
    const ours = { generation, recorderPid, executed: false, end: settle };
    processes.set(recorderPid, { identity: identityOf(recorderPid, '/bin/sh') });
    processes.set(pid, { identity: identityOf(pid, '/bin/sh'), ours });
    records.clear();
    return {
      pid,
      recorderPid,
      recorderEnded,
      unref: () => undefined,
      abandon: () => end(pid, 125, null),
      release() {
        if (!processes.has(pid)) return;
        if (nodes().length > 0)
          wrongs.push(`a second node runs beside ${nodes()[0]?.identity.pid}`);
        ours.executed = true;
        executions += 1;
      },
    };
  };

  function signal(pid: number, name: NodeJS.Signals): boolean {
    signals.push({ pid, signal: name });
    if (pid < 0) {
      if (strangers.has(-pid)) wrongs.push(`${name} to the group of a stranger`);
      return true;
    }
    if (strangers.has(pid)) wrongs.push(`${name} to a stranger`);
    if (!processes.has(pid)) return false;
    if (name === 'SIGKILL') end(pid, null, name);
    if (name === 'SIGTERM' && !behaviour.ignoresTerm) end(pid, 0, null);
    return true;
  }

  const strangers = new Set<number>();
  const platform: Platform = {
    identify: (pid) => processes.get(pid)?.identity,
    commandLine(pid) {
      const { ours } = processes.get(pid) ?? {};
      return ours?.executed === false ? `/bin/sh ${recorderName}` : 'geth';
    },
    usage: () => undefined,
    mayExist: (pid) => processes.has(pid),
    identifyEveryMs: 0,
  };
  const readExit = (_: string, generation: number) => records.get(generation);

  /**
   * Every pid ever used belongs to somebody else now, except those of living processes and their groups:
   * a kernel gives the number of a group to nobody while the group has a member.
   */
  function reusePids(): void {
    const groups = nodes().map(({ ours }) => ours?.recorderPid);
    for (let pid = 101; pid <= lastPid; pid += 1) {
      if (processes.has(pid) || groups.includes(pid)) continue;
      strangers.add(pid);
      processes.set(pid, { identity: identityOf(pid, '/usr/bin/stranger') });
    }
  }

  return {
    behaviour,
    signals,
    wrongs,
    /** The nodes that run: one at most, if all is well. */
    nodes: () => nodes().map(({ identity }) => identity.pid),
    executions: () => executions,
    /** The running node ends by itself. */
    exit: (code: number) => nodes().forEach(({ identity }) => end(identity.pid, code, null)),
    /** Somebody kills the recorder alone. */
    killRecorder: (): void => {
      for (const { ours } of nodes()) {
        if (ours !== undefined && processes.delete(ours.recorderPid)) ours.end(null);
      }
    },
    reusePids,
    /** Power fails and comes back; the pids of before belong to others. */
    reboot: (): void => {
      boot += 1;
      processes.clear();
      reusePids();
    },
    /**
     * The ports of one supervisor. Once `dies` is called they do nothing more, as after kill -9,
     * and a child that still waits for its release ends by itself.
     */
    ports: () => {
      let dead = false;
      const ports: Partial<ProcessPorts> = {
        clock,
        platform,
        readExit,
        random: () => 0,
        signal: (pid, name) => !dead && signal(pid, name),
        async spawn(command, options) {
          if (dead) throw new Error('dead');
          const node = await spawn(command, options);
          const died = (): boolean => dead;
          if (died()) node.abandon();
          return { ...node, release: () => (dead ? node.abandon() : node.release()) };
        },
      };
      const dies = (): void => {
        dead = true;
        for (const { identity, ours } of [...processes.values()]) {
          if (ours?.executed === false) end(identity.pid, 125, null);
        }
      };
      return { ports, dies, isDead: () => dead };
    },
  };
}
