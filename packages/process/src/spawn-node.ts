import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { constants } from 'node:os';
import { createExitRecord } from './exit-record.ts';
import type { NodeCommand } from './node-command.ts';

/** A child that waits for {@link SpawnedNode.release} before it executes the node. */
export interface SpawnedNode {
  /** Pid of the node to be. */
  readonly pid: number;
  /** Pid of the shell that waits for it and writes the exit record. */
  readonly recorderPid: number;
  /** Lets the child execute the node's program. */
  release(): void;
  /** Lets the child end without executing anything. */
  abandon(): void;
  /** Resolves when the recorder has ended; the code is the node's own where the recorder was not killed. */
  readonly recorderEnded: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** What {@link spawnNode} needs besides the command. */
export interface SpawnOptions {
  readonly runDirectory: string;
  readonly generation: number;
  /** Descriptor for standard output and standard error; stays open in the caller. */
  readonly log: number;
}

/** Shells stop instead of ending on some signals; only those that end a process may be tried out. */
const deadly = [
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'SYS',
] as const;
const deadlyStatuses = deadly.map((name) => 128 + constants.signals[`SIG${name}`]).join('|');

/**
 * The child: says its pid on descriptor 3, waits there for one line, and becomes the node. A closed descriptor instead
 * of the line means that the supervisor died before it could write the pid down: then nothing is executed.
 */
const child = `
echo $$ >&3
read -r word <&3
[ "$word" = go ] || exit 125
echo run >&2
unset PWD OLDPWD SHLVL _
exec "$@" 2>&1 3>&-
`;

/**
 * The recorder: runs the child in the foreground (in the background SIGINT and SIGQUIT would be ignored in the node),
 * then appends the status to its standard error, which is the exit record and gets the shell's own messages too.
 * The traps keep it alive through signals meant for a whole group; unlike ignored signals they are not inherited.
 */
const recorder = `
trap : HUP INT QUIT TERM
inner=$1
shift
/bin/sh -c "$inner" "$0" "$@"
status=$?
exec </dev/null >/dev/null 3>&-
case $status in ${deadlyStatuses})
  ulimit -c 0
  echo probe >&2
  /bin/sh -c 'kill -$1 $$' probe $((status - 128))
esac
echo "exit $status" >&2
exit "$status"
`;

/** Marks the shells of this package in a process list, and tells the waiting child from the node it becomes. */
export const recorderName = 'wemixvisor-recorder';

/**
 * Starts the recorder and waits until the node to be has said its pid (about 3 ms).
 * Rejects when no process could be made or the recorder ended before.
 */
export async function spawnNode(command: NodeCommand, options: SpawnOptions): Promise<SpawnedNode> {
  const record = createExitRecord(options.runDirectory, options.generation);
  try {
    const shell = spawn(
      '/bin/sh',
      ['-c', recorder, recorderName, child, command.file, ...command.args],
      {
        cwd: command.cwd,
        env: command.env,
        detached: true,
        stdio: ['ignore', options.log, record, 'pipe'],
      },
    );
    return await announced(shell);
  } finally {
    closeSync(record);
  }
}

async function announced(shell: ChildProcess): Promise<SpawnedNode> {
  const recorderEnded = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    shell.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const pipe = shell.stdio[3] as Duplex | null;
  const pid = await new Promise<number>((resolve, reject) => {
    shell.once('error', reject);
    shell.once('exit', () =>
      reject(new Error('the recording shell ended before the node was made')),
    );
    let said = '';
    pipe?.on('error', () => undefined); // the child may be gone when "go" is written; its exit tells
    pipe?.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (said.endsWith('\n')) resolve(Number(said));
    });
  });
  shell.unref();
  return {
    pid,
    recorderPid: shell.pid ?? 0,
    release: () => pipe?.end('go\n', () => pipe.destroy()),
    abandon: () => pipe?.destroy(),
    recorderEnded,
  };
}
