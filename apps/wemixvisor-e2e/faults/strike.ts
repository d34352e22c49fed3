import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@wemixvisor/testkit';
import { isAlive, killed } from '../harness/processes.ts';
import { isFileFault, isPause, type Fault } from './fault.ts';
import { homeProcesses } from './home-processes.ts';
import type { Scene } from './scene.ts';

/**
 * Does to an installation what a fault says, and returns when it is over: a paused process goes on again. False when there
 * was nothing to hit any more, such as a command that had ended.
 */
export async function strike(scene: Scene, { name, forMs }: Fault): Promise<boolean> {
  const [verb = '', target = ''] = name.split('-');
  if (isFileFault(name)) {
    const isDamaged = damage(verb, fileOf(scene.wemixvisor.home, target));
    // The supervisor has all in memory: only its successor depends on the files.
    await killSupervisor(scene);
    return isDamaged;
  }
  if (name === 'kill-command') return scene.killCommand();
  if (name === 'kill-supervisor') return killSupervisor(scene);
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
