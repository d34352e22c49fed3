import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { LogFiles } from '../../layout.ts';

/**
 * A shell that outlives us. It waits on a pipe; when the pipe closes without an "ok", we died, perhaps during the pause. It then brings the
 * files to one side of the truncation, which the empty live file tells apart as long as the node is paused, and resumes the node's group.
 * It leaves the files alone if the journal names another rotation: then a successor is at work already, and has recovered ours.
 * It leaves the group alone if its leader is another process than before: the number was given away again.
 */
const script = `
set -f
trap '' HUP INT TERM PIPE
group=$1 live=$2 partial=$3 segment=$4 journal=$5 stem=$6
born() {
  if [ -r "/proc/$group/stat" ]; then
    read -r line <"/proc/$group/stat" && set -- \${line##*) } && echo "\${20}"
  elif [ ! -d /proc/self ]; then
    ps -o lstart= -p "$group"
  fi
} 2>/dev/null
before=$(born)
echo ready
read -r answer && [ "$answer" = ok ] && exit 0
named=
[ ! -e "$journal" ] || read -r named <"$journal"
if [ -e "$journal" ] && [ "\${named:-$stem}" = "$stem" ]; then
  [ -s "$live" ] || [ ! -e "$partial" ] || mv -f "$partial" "$segment"
  rm -f "$journal"
fi
after=$(born)
[ -z "$after" ] || [ "$after" = "$before" ] || exit 0
kill -s CONT -- "-$group"
`;

/** A guard that is in place. */
export interface ResumeGuard {
  /** Its process. */
  readonly pid: number;
  /** The group was resumed: the guard ends without doing anything. */
  release(): void;
  /** What the guard listens to: closed without an ok, as by our death, it acts. */
  readonly pipe: Writable;
}

/** Starts the guard of one rotation, outside the node's group and session and outside ours; null when there is no shell to do it. */
export type StartGuard = (
  groupId: number,
  files: LogFiles,
  stem: string,
) => Promise<Omit<ResumeGuard, 'pid' | 'pipe'> | null>;

/** The real {@link StartGuard}. */
export async function startResumeGuard(
  groupId: number,
  files: LogFiles,
  stem: string,
): Promise<ResumeGuard | null> {
  const segment = files.segment(stem);
  const paths = [files.live, files.partial(segment), segment, files.journal, stem];
  const shell = spawn('/bin/sh', ['-c', script, 'wemixvisor-guard', String(groupId), ...paths], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
  });
  shell.stdin.on('error', () => undefined); // It was killed; the rotation resumes the group in any case.
  const isReady = await Promise.race([
    once(shell.stdout, 'data').then(() => true),
    once(shell, 'close').then(() => false),
  ]).catch(() => false);
  if (!isReady) return null;
  shell.unref();
  shell.stdout.destroy();
  return { pid: shell.pid ?? 0, pipe: shell.stdin, release: () => void shell.stdin.end('ok\n') };
}
