import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { LogFiles } from '../../layout.ts';
import { endProcess } from './end-process.ts';

/** Seconds after its start at which a guard ends the pause in any case; a pause of ours is over long before. */
const limitSeconds = 2;

/**
 * A shell that outlives us. It waits on a pipe; when the pipe closes without an "ok", we died, perhaps during the pause; when the limit has
 * passed, we are held up. It then takes the fence away, without which we truncate nothing any more, and resumes the node's group. It does so only
 * while the fence is there, which belongs to one pause. What became of the files, the next start settles.
 * It leaves the group alone if its leader is another process than before: the number was given away again.
 */
const script = `
set -f
trap '' HUP INT TERM PIPE
group=$1 fence=$2
born() {
  if [ -r "/proc/$group/stat" ]; then
    read -r line <"/proc/$group/stat" && set -- \${line##*) } && echo "\${20}"
  elif [ ! -d /proc/self ]; then
    ps -o lstart= -p "$group"
  fi
} 2>/dev/null
before=$(born)
wake() {
  [ -e "$fence" ] || return 0
  rm -f "$fence"
  after=$(born)
  [ -z "$after" ] || [ "$after" = "$before" ] || return 0
  kill -s CONT -- "-$group"
}
(
  trap 'kill -s KILL "$nap"; exit' ALRM
  sleep ${limitSeconds} <&- >&- &
  nap=$!
  wait "$nap" && wake
  kill -s KILL $$
) &
echo ready
read -r answer
[ "$answer" = ok ] || wake
kill -s ALRM $!
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

/** Starts the guard of one pause, outside the node's group and session and outside ours; null when there is no shell to do it. */
export type StartGuard = (
  groupId: number,
  files: LogFiles,
) => Promise<Omit<ResumeGuard, 'pid' | 'pipe'> | null>;

const guardName = 'wemixvisor-guard';

/** The real {@link StartGuard}. Ends earlier guards of the log first, which would wake the group in a pause that is not theirs. */
export async function startResumeGuard(
  groupId: number,
  { fence }: LogFiles,
): Promise<ResumeGuard | null> {
  for (const pid of guardsOf(fence)) {
    // Its group too: a timer that somebody stopped would stay for good.
    endProcess(-pid);
    endProcess(pid);
  }
  const shell = spawn('/bin/sh', ['-c', script, guardName, String(groupId), fence], {
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

/** The shells that guard a log, by their arguments. */
function guardsOf(fence: string): readonly number[] {
  const isGuard = (words: string): boolean =>
    words.includes(` ${guardName} `) && words.trimEnd().endsWith(` ${fence}`);
  return commandLines()
    .filter(({ words }) => isGuard(words))
    .map(({ pid }) => pid);
}

function commandLines(): readonly { readonly pid: number; readonly words: string }[] {
  if (existsSync('/proc/self/cmdline')) {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map((pid) => ({ pid: Number(pid), words: wordsOf(`/proc/${pid}/cmdline`) }));
  }
  const { stdout } = spawnSync('/bin/ps', ['-axwwo', 'pid=,command='], { encoding: 'utf8' });
  return stdout.split('\n').map((line) => ({ pid: Number.parseInt(line), words: line }));
}

function wordsOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // It has ended.
  }
}
