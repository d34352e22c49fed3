import { basename } from 'node:path';
import type { ProcessIdentity } from './platform/platform.ts';

/** How many processes are named; a node that leaves more of them is rare, and a sentence has an end. */
const mostNamed = 5;

/** Processes by program and pid: `geth (4712) and sh (4711)`. */
export function namesOf(processes: readonly ProcessIdentity[]): string {
  const names = processes.slice(0, mostNamed).map(({ pid, executable }) => {
    const program = executable === null ? 'a process' : basename(executable);
    return `${program.replace(/ \(deleted\)$/, '').replace(/\p{C}/gu, '?')} (${pid})`;
  });
  const more = processes.length - names.length;
  const all = more > 0 ? [...names, `${more} more`] : names;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Why a node whose first process has ended has not, or did so later; nothing where there was nobody else. */
export function outlivedWords(survivors: readonly ProcessIdentity[] = []): string {
  if (survivors.length === 0) return '';
  const were = survivors.length === 1 ? 'was' : 'were';
  return `; its first process was outlived by ${namesOf(survivors)}, which ${were} asked to end too`;
}

/** What is said of processes that left the node's session, so that nobody may signal them for it. */
export function strayWords(strays: readonly ProcessIdentity[]): string {
  const pids = strays.map(({ pid }) => pid).join(' ');
  const [write, is, it] =
    strays.length === 1 ? ['writes', 'it is', 'it has'] : ['write', 'they are', 'they have'];
  return `${namesOf(strays)} left the session of the node and still ${write} to its log, so ${is} neither watched nor signalled: stop that (kill -TERM ${pids}, and wait until ${it} gone), then start the node in the foreground, without setsid, nohup or an option that makes it a daemon`;
}
