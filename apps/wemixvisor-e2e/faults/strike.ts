import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@wemixvisor/testkit';
import { isAlive, killed } from '../harness/processes.ts';
import { isFileFault, isPause, type Fault, type FaultName } from './fault.ts';
import { homeProcesses } from './home-processes.ts';
import { demand, demandManners } from './invariants.ts';
import type { Scene } from './scene.ts';
import { spoil } from './surroundings.ts';

/**
 * Does to an installation what a fault says, and returns when it is over: a paused process goes on again. False when there
 * was nothing to hit any more, such as a command that had ended.
 */
export async function strike(scene: Scene, fault: Fault): Promise<boolean> {
  const { name, forMs } = fault;
  switch (name) {
    case 'kill-command':
      return scene.killCommand();
    case 'kill-supervisor':
      return killSupervisor(scene);
    case 'steal-lock':
      return stealLock(scene);
    case 'contend-namespace':
      return contend(scene);
    case 'jump-clock':
      return jumpClock(scene, fault);
    case 'fill-disk':
    case 'fill-inodes':
    case 'read-only':
      return spoilFor(scene, name, forMs);
    default:
      return strikePart(scene, name, forMs);
  }
}

/** Hits a file, or a process by its part in the installation. */
async function strikePart(scene: Scene, name: FaultName, forMs: number): Promise<boolean> {
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
  const parts = { supervisor: supervisors, recorder: recorders, node: nodes, guard: guards };
  const [pid] = parts[target as keyof typeof parts];
  if (isPause(name)) return pause(pid, forMs);
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
    what: 'the guard of a pause',
  });
}

async function pause(pid: number | undefined, forMs: number): Promise<boolean> {
  if (!killed(pid, 'SIGSTOP')) return false;
  await sleep(forMs);
  killed(pid, 'SIGCONT');
  return true;
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
  const { supervisors, nodes } = homeProcesses(scene.wemixvisor.home);
  rmSync(fileOf(scene.wemixvisor.home, 'socket'));
  const outcome = await scene.startApart();
  if (outcome === null) return false;
  demandManners('start in another PID namespace', outcome);
  const after = homeProcesses(scene.wemixvisor.home);
  const seen = JSON.stringify({ before: { supervisors, nodes }, after });
  const isSame =
    `${after.supervisors.join()} ${after.nodes.join()}` === `${supervisors.join()} ${nodes.join()}`;
  demand(isSame, `a start in another PID namespace changed who runs: ${seen}`);
  return true;
}

async function jumpClock(scene: Scene, { forMs, jumpSeconds = 0 }: Fault): Promise<boolean> {
  scene.jumpClock(jumpSeconds);
  await sleep(forMs);
  if (forMs > 0) scene.jumpClock(0);
  return true;
}

/** Spoils the home's file system for a while; a look at the node must not end in a stack meanwhile. */
async function spoilFor(
  scene: Scene,
  name: Parameters<typeof spoil>[1],
  forMs: number,
): Promise<boolean> {
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
