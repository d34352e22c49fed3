import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One process, as `ps` shows it. */
export interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  /** `R`, `S`, `T` (paused), `Z` (zombie) and so on. */
  readonly state: string;
  readonly commandLine: string;
}

/** The processes that mention a folder in their command line; zombies have none and never count. */
export function processesMentioning(folder: string): readonly SeenProcess[] {
  return everyProcess().filter(({ commandLine }) => commandLine.includes(folder));
}

/** Every process of the machine, or of the container. */
export function everyProcess(): readonly SeenProcess[] {
  // A child's environment is bare, as in the harness; `ww` keeps long command lines whole.
  const text = execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,state=,args='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
  });
  return text.split('\n').flatMap((line) => {
    const found = /^\s*(\d+)\s+(\d+)\s+(\S+)\s(.*)$/.exec(line);
    if (found === null) return [];
    const [, pid, parent, state = '', commandLine = ''] = found;
    return [{ pid: Number(pid), parent: Number(parent), state: state.charAt(0), commandLine }];
  });
}

/**
 * The last arguments of a process, byte for byte, from the kernel's copy of its command line.
 * macOS shows that joined by spaces, with control characters escaped: there, only what is plain text is looked for,
 * and given back if it is found.
 */
export function lastArguments(pid: number, wanted: readonly string[]): readonly string[] {
  if (process.platform === 'linux') {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    return words.slice(-wanted.length);
  }
  const shown = everyProcess().find((one) => one.pid === pid)?.commandLine ?? '';
  return wanted.filter((word) => !/^[ -~]*$/.test(word) || shown.includes(word));
}

/** Whether a process lives; a zombie does until somebody asks for its end. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Kills a process that may have gone already; false when it has, or was never seen. */
export function killed(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): boolean {
  // A pid of 0 would be the whole process group of the test runner.
  if (pid === undefined || pid <= 1) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
