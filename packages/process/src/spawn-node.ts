import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { createExitRecord } from './exit-record.ts';
import { handOver } from './hand-over.ts';
import type { NodeCommand } from './node-command.ts';

/** A child that waits for {@link SpawnedNode.release} before it executes the node. */
export interface SpawnedNode {
  /** Pid of the future node. */
  readonly pid: number;
  /** Pid of the shell that waits for it, leads its process group and writes the exit record. */
  readonly recorderPid: number;
  /** Lets the child execute the node's program. */
  release(): void;
  /** Makes the child end without executing anything; it also does so when this process dies. */
  abandon(): void;
  /** No longer keeps this process alive; the node goes on. */
  unref(): void;
  /** Resolves when the recorder has ended: with the node's own status, or null when the recorder was killed. */
  readonly recorderEnded: Promise<number | null>;
}

/** Where the exit record and the output go. */
export interface SpawnOptions {
  readonly runDirectory: string;
  readonly generation: number;
  /** Descriptor for standard output and standard error; stays open in the caller. */
  readonly log: number;
  /** The POSIX shell of the recorder. @default '/bin/sh' */
  readonly shell?: string;
  /** The program env(1). @default '/usr/bin/env' */
  readonly envProgram?: string;
}

/** Creates the child that becomes the node; rejects when no process could be created. */
export type SpawnNode = (command: NodeCommand, options: SpawnOptions) => Promise<SpawnedNode>;

/** Milliseconds within which a new child must announce its pid, even on a machine that swaps. */
const announceTimeoutMs = 30_000;

/** Starts the recorder in a session of its own and waits until the child has announced its pid. */
export const spawnNode: SpawnNode = async (command, options) => {
  const { runDirectory, generation, log, shell = '/bin/sh', envProgram = '/usr/bin/env' } = options;
  const words = [resolve(command.cwd, command.file), ...command.args];
  const { args, env, script } = handOver({ shell, words, env: command.env, envProgram });
  const record = createExitRecord(runDirectory, generation);
  try {
    const recorder = spawn(shell, args, {
      cwd: command.cwd,
      env,
      detached: true,
      stdio: ['pipe', log, record, 'pipe'],
    });
    recorder.stdin?.on('error', () => undefined); // it may be gone already; its exit tells
    recorder.stdin?.end(script);
    return await announced(recorder);
  } finally {
    closeSync(record);
  }
};

async function announced(recorder: ChildProcess): Promise<SpawnedNode> {
  const recorderEnded = new Promise<number | null>((settle) => {
    recorder.once('exit', (code) => settle(code));
  });
  const pipe = recorder.stdio[3] as Duplex;
  const pid = await announcedPid(recorder, pipe);
  return {
    pid,
    recorderPid: recorder.pid ?? 0,
    release: () => pipe.end('go\n', () => pipe.destroy()),
    abandon: () => pipe.destroy(),
    unref: () => recorder.unref(),
    recorderEnded,
  };
}

function announcedPid(recorder: ChildProcess, pipe: Duplex): Promise<number> {
  return new Promise((settle, reject) => {
    const give = (error: Error): void => {
      clearTimeout(timer);
      pipe.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      recorder.kill('SIGKILL');
      give(new Error(`no process appeared within ${announceTimeoutMs / 1_000} s`));
    }, announceTimeoutMs);
    recorder.once('error', give);
    recorder.once('exit', () => give(new Error('the recording shell ended at once')));
    let said = '';
    pipe.on('error', () => undefined); // the child may be gone when "go" is written; its exit tells
    pipe.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (!said.endsWith('\n')) return;
      clearTimeout(timer);
      settle(Number(said));
    });
  });
}
