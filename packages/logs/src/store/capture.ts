import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Pausable, Writers } from './rotate/writers.ts';

/** A program whose output a log store takes. */
export interface CapturedCommand {
  /** A path, or a name that is looked for on PATH. */
  readonly file: string;
  /** @default none */
  readonly args?: readonly string[];
  /** @default this process's */
  readonly cwd?: string;
  /** The whole environment. @default this process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Spawns a program that leads a process group of its own and writes both its outputs to the descriptor, which is closed here. */
export function spawnInto(
  descriptor: number,
  { file, args = [], cwd, env = process.env }: CapturedCommand,
): ChildProcess {
  try {
    const stdio: StdioOptions = ['ignore', descriptor, descriptor];
    return spawn(file, args, { cwd, env, detached: true, stdio });
  } finally {
    closeSync(descriptor);
  }
}

/** The writers of a log into which a child writes that leads its process group: nobody, once it has ended. */
export function writersBy(child: ChildProcess): Writers {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined || exitCode !== null || signalCode !== null) return null;
  return groupOf(pid);
}

function groupOf(groupId: number): Pausable {
  return {
    groupId,
    pause: () => signal(groupId, 'SIGSTOP'),
    resume: () => void signal(groupId, 'SIGCONT'),
  };
}

function signal(groupId: number, name: 'SIGSTOP' | 'SIGCONT'): boolean {
  try {
    return process.kill(-groupId, name);
  } catch {
    return false;
  }
}
