import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Process states in which no instruction of the program runs: stopped, traced, dead (proc(5), field 3 of `stat`). */
const still = new Set(['T', 't', 'Z', 'X', 'x']);

/**
 * Checks whether each thread of each process of a group has stopped. kill(2) only queues a signal: a thread inside a long write stops after it,
 * and its bytes would be lost between the last copy and the truncation. The processes of other groups are found before the pause, so that
 * during it only members and new processes are read.
 */
export function watchGroupOnLinux(groupId: number, proc = '/proc'): () => boolean {
  const strangers = new Set(processesIn(proc).filter((pid) => !isMember(proc, pid, groupId)));
  return () =>
    processesIn(proc)
      .filter((pid) => !strangers.has(pid) && isMember(proc, pid, groupId))
      .every((pid) => areThreadsStopped(join(proc, pid, 'task')));
}

function processesIn(proc: string): readonly string[] {
  return readdirSync(proc).filter((name) => /^\d/.test(name));
}

function isMember(proc: string, pid: string, groupId: number): boolean {
  return statOf(join(proc, pid, 'stat'))?.group === groupId;
}

function areThreadsStopped(tasks: string): boolean {
  return threadsIn(tasks).every((thread) => {
    const found = statOf(join(tasks, thread, 'stat'));
    return found === null || still.has(found.state);
  });
}

function threadsIn(tasks: string): readonly string[] {
  try {
    return readdirSync(tasks);
  } catch {
    return []; // The process ended meanwhile.
  }
}

/** `pid (name) state ppid pgrp …`: the name may hold blanks and brackets, so what counts begins after its last bracket. */
function statOf(path: string): { readonly state: string; readonly group: number } | null {
  try {
    const text = readFileSync(path, 'latin1');
    const [state = '', , group = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ', 3);
    return { state, group: Number(group) };
  } catch {
    return null;
  }
}
