import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@wemixvisor/testkit';
import { isAlive, killed, processesMentioning } from '../harness/processes.ts';
import { isFileFault, isPause, type Fault, type FaultName } from './fault.ts';
import { homeProcesses } from './home-processes.ts';
import { demand, demandManners } from './invariants.ts';
import type { Scene } from './scene.ts';
import { spoil } from './surroundings.ts';

type Strike = (scene: Scene, fault: Fault) => boolean | Promise<boolean>;

/** What is not done to a part of the installation by its name. */
const others: Partial<Record<FaultName, Strike>> = {
  'kill-supervisor': killSupervisor,
  'steal-lock': stealLock,
  'contend-namespace': contend,
  'jump-clock': jumpClock,
  'fill-disk': spoilFor,
  'fill-inodes': spoilFor,
  'read-only': spoilFor,
};

/**
 * Does to an installation what a fault says, and returns when it is over: a paused process goes on again. False when there
 * was nothing to hit any more, such as a command that had ended.
 */
export async function strike(scene: Scene, fault: Fault): Promise<boolean> {
  return (others[fault.name] ?? strikePart)(scene, fault);
}

/** Hits a file, or a process by its part in the installation. */
async function strikePart(scene: Scene, { name, forMs }: Fault): Promise<boolean> {
  const [verb = '', target = ''] = name.split('-');
  if (isFileFault(name)) {
    const isDamaged = damage(verb, fileOf(scene.wemixvisor.home, target));
    // The supervisor has all in memory: only its successor depends on the files.
    await killSupervisor(scene);
    return isDamaged;
  }
  const { home } = scene.wemixvisor;
  const { supervisors, recorders, nodes } = homeProcesses(home);
  const guards = target === 'guard' ? [await guardOf(home)] : [];
  const parts: Readonly<Record<string, readonly number[]>> = {
    supervisor: supervisors,
    recorder: recorders,
    node: nodes,
    guard: guards,
  };
  const pid = target === 'command' ? scene.commandPid() : parts[target]?.[0];
  if (isPause(name)) {
    const isHit = await pause(pid, forMs);
    if (target === 'node') wakeSu(home);
    return isHit;
  }
  if (target === 'node') return scene.crash(pid, 'SIGKILL');
  return killed(pid);
}

/** The guard of the next pause: one lives for some hundredths of a second, so the whole process table is read again and again. */
function guardOf(home: string): Promise<number> {
  const isGuard = (pid: string) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      return words.includes('\0wemixvisor-guard\0') && words.includes(home);
    } catch {
      return false; // It has gone.
    }
  };
  const look = () => readdirSync('/proc').find((name) => /^\d+$/.test(name) && isGuard(name));
  return waitFor(() => Promise.resolve(Number(look() ?? 0) || undefined), {
    everyMs: 1,
    longestPauseMs: 1,
    what: 'the guard of a pause',
  });
}

async function pause(pid: number | undefined, forMs: number): Promise<boolean> {
  if (!killed(pid, 'SIGSTOP')) return false;
  await sleep(forMs);
  killed(pid, 'SIGCONT');
  return true;
}

/** su(1) stops itself when it sees its child stopped, as a job of a shell does, until it is continued itself. */
function wakeSu(home: string): void {
  for (const { pid, state, commandLine } of processesMentioning(home)) {
    if (commandLine.startsWith('su ') && state === 'T') killed(pid, 'SIGCONT');
  }
}

async function killSupervisor(scene: Scene): Promise<boolean> {
  const pid = scene.supervisor();
  if (pid === undefined || !killed(pid)) return false;
  scene.done.kill += 1;
  await waitFor(() => scene.supervisor() !== pid && !isAlive(pid), { what: 'the end of a kill' });
  return true;
}

/** A supervisor looks at its lock every two seconds; one that has lost it ends by itself and says so. */
async function stealLock(scene: Scene): Promise<boolean> {
  const pid = scene.supervisor();
  if (pid === undefined) return false;
  rmSync(fileOf(scene.wemixvisor.home, 'lock'));
  await waitFor(() => !isAlive(pid), { what: 'a supervisor without its lock to end' });
  demand(scene.journal().includes('has lost its home'), 'the supervisor did not say why it ended');
  return true;
}

/** Another container starts the node while the control socket is gone: the one that has the home makes it anew. */
async function contend(scene: Scene): Promise<boolean> {
  const { home } = scene.wemixvisor;
  const [supervisor = 0, node = 0] = [scene.supervisor(), homeProcesses(home).nodes[0]];
  rmSync(fileOf(home, 'socket'));
  const outcome = await scene.startApart();
  if (outcome === null) return false;
  demandManners('start in another PID namespace', outcome);
  // A process that was just forked looks like its parent for a moment.
  await waitFor(
    () => {
      const { supervisors, nodes } = homeProcesses(home);
      return `${supervisors.join()} ${nodes.join()}` === `${supervisor} ${node}`;
    },
    { what: `supervisor ${supervisor} and node ${node} to be alone`, timeoutMs: 10_000 },
  );
  return true;
}

async function jumpClock(scene: Scene, { forMs, jumpSeconds = 0 }: Fault): Promise<boolean> {
  scene.jumpClock(jumpSeconds);
  await sleep(forMs);
  if (forMs > 0) scene.jumpClock(0);
  return true;
}

/** Spoils the home's file system for a while; a look at the node must not end in a stack meanwhile. */
async function spoilFor(scene: Scene, { name, forMs }: Fault): Promise<boolean> {
  const undo = scene.mount === null ? null : spoil(scene.mount, name);
  if (undo === null) return false;
  try {
    const look = scene.run('status', '--json');
    await sleep(forMs);
    demandManners('status', await look);
    return true;
  } finally {
    undo();
  }
}

/** Where a file of the home is that a fault names; the lock has a number. */
function fileOf(home: string, target: string): string {
  const run = join(home, 'run');
  if (target === 'socket') return join(run, 'control.sock');
  if (target !== 'lock') return join(run, `${target}.json`);
  return join(run, readdirSync(run).find((name) => /^lock\.\d+$/.test(name)) ?? 'lock.1');
}

function damage(verb: string, file: string): boolean {
  if (!existsSync(file)) return false;
  if (verb === 'remove') rmSync(file);
  else if (verb === 'cut') {
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length / 2));
  } else {
    rmSync(file); // A socket cannot be written to as a file.
    writeFileSync(file, '\0garbage}{\xff\n', { encoding: 'latin1', mode: 0o600 });
  }
  return true;
}
