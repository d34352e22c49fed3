import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Process states in which no instruction of the program runs: stopped, traced, dead (proc(5), field 3 of `stat`). */
const still = new Set(['T', 't', 'Z', 'X', 'x']);

/**
 * Whether each thread of each process of a group has come to a stop. A signal is only queued by kill(2): a thread inside a long write
 * stops after it, and its bytes would fall between the last copy and the truncation.
 */
export function isGroupStoppedOnLinux(groupId: number, proc = '/proc'): boolean {
  for (const pid of readdirSync(proc)) {
    if (!isNumber(pid)) continue;
    const process = statOf(join(proc, pid, 'stat'));
    if (process?.group === groupId && !areThreadsStopped(join(proc, pid, 'task'))) return false;
  }
  return true;
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

function isNumber(name: string): boolean {
  return name.charCodeAt(0) >= 0x30 && name.charCodeAt(0) <= 0x39;
}
