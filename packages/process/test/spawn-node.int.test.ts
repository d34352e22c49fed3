import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { program, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExitRecord } from '../src/exit-record.ts';
import type { NodeCommand } from '../src/node-command.ts';
import { platformFor } from '../src/platform/platform-for.ts';
import { withDefaults } from '../src/ports.ts';
import { identifyProcess } from '../src/process-identity.ts';
import { recorderName } from '../src/recorder-script.ts';
import { spawnNode } from '../src/spawn-node.ts';
import { shells } from './support/shells.ts';
import { spawnContract } from './support/spawn-contract.ts';

/** Signals that end a process; of INT and PIPE no shell says a word, and bash never dies of QUIT itself. */
const quiet = ['SIGINT', 'SIGPIPE', 'SIGQUIT'] as const;
const told = [
  'SIGHUP',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGSEGV',
  'SIGUSR2',
  'SIGALRM',
  'SIGTERM',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGVTALRM',
  'SIGPROF',
  'SIGSYS',
] as const;
const statusOf = (signal: keyof typeof constants.signals): number =>
  128 + constants.signals[signal];
const dumpsCores = (): boolean =>
  existsSync('/proc/sys/kernel/core_pattern') &&
  /^[^|/]/.test(readFileSync('/proc/sys/kernel/core_pattern', 'utf8'));

interface Printed {
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly umask: number;
  readonly pid: number;
  readonly descriptors: Record<string, string>;
}

describe.each(shells)('a node spawned with %s', (shell) => {
  spawnContract(async () => {
    const directory = await temporaryDirectory();
    const file = join(directory.path, 'node.log');
    const log = openSync(file, 'a');
    const script = 'trap "exit 0" TERM; echo up; while :; do sleep 0.02; done';
    const { spawn, signal, readExit, platform } = withDefaults();
    return {
      ports: { spawn, signal, readExit, platform },
      command: { file: '/bin/sh', args: ['-c', script], env: { PATH: '/usr/bin:/bin' }, cwd: '/' },
      options: { runDirectory: directory.path, generation: 1, log, shell },
      isUp: () => waitFor(() => readFileSync(file, 'utf8').includes('up'), { what: 'the node' }),
      until: waitFor,
      [Symbol.asyncDispose]: () => {
        closeSync(log);
        return directory[Symbol.asyncDispose]();
      },
    };
  });
});

describe.each(shells)('spawnNode with %s', (shell) => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
  let log: number;
  const logFile = () => join(directory.path, 'node.log');

  beforeEach(async () => {
    directory = await temporaryDirectory();
    log = openSync(logFile(), 'a');
  });
  afterEach(async () => {
    closeSync(log);
    await directory[Symbol.asyncDispose]();
  });

  const spawned = (command: Partial<NodeCommand>) =>
    spawnNode(
      { file: '/bin/sh', args: [], env: { PATH: '/usr/bin:/bin' }, cwd: '/', ...command },
      { runDirectory: directory.path, generation: 1, log, shell },
    );
  const script = (text: string) => spawned({ args: ['-c', text] });
  const ended = async (text: string) => {
    const node = await script(text);
    node.release();
    await node.recorderEnded;
    return readExitRecord(directory.path, 1);
  };
  const printed = async (command: Partial<NodeCommand>) => {
    const args = [program('prints-itself'), ...(command.args ?? [])];
    const node = await spawned({ ...command, file: process.execPath, args });
    node.release();
    await node.recorderEnded;
    return { ...(JSON.parse(readFileSync(logFile(), 'utf8')) as Printed), announced: node.pid };
  };

  it.each([0, 1, 2, 125, 126, 127, 128, 145, 147, 162, 200, 255, ...told.map(statusOf)])(
    'records exit code %i as a code, and ends with it',
    async (code) => {
      const node = await script(`exit ${code}`);
      node.release();
      expect(await node.recorderEnded).toBe(code);
      expect(readExitRecord(directory.path, 1)).toMatchObject({ code, signal: null, ran: true });
    },
  );

  it.each([...told, ...quiet])(
    'records the end by %s as a signal, and says no word of it in the log',
    async (signal) => {
      const record = await ended(`ulimit -c 0; kill -${signal.slice(3)} $$`);
      expect(record).toMatchObject({ code: null, signal, ran: true });
      expect(readFileSync(logFile(), 'utf8')).toBe('');
    },
  );

  it.runIf(process.platform === 'linux')(
    'tells the end by a real-time signal from an exit with its number',
    async () => {
      expect(await ended('kill -34 $$')).toMatchObject({ code: null, signal: 'signal 34' });
    },
  );

  it.runIf(dumpsCores())('leaves no core file of its own where cores are dumped', async () => {
    const generous = join(directory.path, 'shell');
    writeFileSync(generous, `#!/bin/sh\nulimit -c unlimited\nexec ${shell} "$@"\n`, {
      mode: 0o755,
    });
    const node = await spawnNode(
      { file: '/bin/sh', args: ['-c', 'exit 131'], env: {}, cwd: directory.path },
      { runDirectory: directory.path, generation: 1, log, shell: generous },
    );
    node.release();
    expect(await node.recorderEnded).toBe(131);
    expect(readdirSync(directory.path).filter((name) => name.startsWith('core'))).toEqual([]);
  });

  it('hands over arguments byte for byte', async () => {
    const args = ['', ' ', '--', '-c', 'a\nb', '\'"`$(exit 9)$HOME\\', '*', 'ü €\u{1f980}', '-'];
    expect((await printed({ args })).args).toEqual(args);
  });

  it('hands over the environment exactly, with names that a shell keeps for itself or drops', async () => {
    const env = {
      '-u': 'dash', // first, where env(1) could take it for an option
      A: 'a\nb=c',
      HOME: '/x',
      PWD: '/not/here',
      OLDPWD: '1',
      SHLVL: '7',
      _: 'underscore',
      SHELLOPTS: 'xtrace',
      BASH_ENV: '/nope',
      IFS: ':',
      PS4: '> ',
      PPID: '1',
      'with.dot': '1',
      'BASH_FUNC_f%%': '() { :; }',
    };
    expect((await printed({ env })).env).toEqual(env);
  });

  it('adds nothing to an empty environment', async () => {
    const { env } = await printed({ env: {} });
    delete env['__CF_USER_TEXT_ENCODING']; // set by macOS itself
    expect(env).toEqual({});
  });

  it('runs the node under the announced pid, with its folder, our umask and three descriptors', async () => {
    const { announced, pid, cwd, umask, descriptors } = await printed({ cwd: directory.path });
    expect(pid).toBe(announced);
    expect(cwd).toBe(directory.path);
    expect(umask).toBe(parseInt(execFileSync('/bin/sh', ['-c', 'umask'], { encoding: 'utf8' }), 8));
    if (process.platform !== 'linux') return;
    expect(descriptors).toMatchObject({ 0: '/dev/null', 1: logFile(), 2: logFile() });
    const outside = Object.entries(descriptors).filter(
      ([, path]) => path.startsWith('socket:') || path.startsWith(directory.path),
    );
    expect(outside.map(([name]) => name)).toEqual(['1', '2']);
  });

  it('writes nothing to the log when it is abandoned', async () => {
    const node = await script('echo executed');
    expect(identifyProcess(node.pid)).toBeDefined();
    node.abandon();
    await node.recorderEnded;
    expect(readFileSync(logFile(), 'utf8')).toBe('');
  });

  it.each(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const)(
    'keeps the recorder alive through a %s meant for the whole group',
    async (signal) => {
      const name = signal.slice(3);
      const node = await script(`trap "exit 4" ${name}; echo up; while :; do sleep 0.02; done`);
      node.release();
      await waitFor(() => readFileSync(logFile(), 'utf8').includes('up'));
      process.kill(-node.recorderPid, signal);
      expect(await node.recorderEnded).toBe(4);
      expect(readExitRecord(directory.path, 1)).toMatchObject({ code: 4 });
    },
  );

  it('marks the command line of the child only while it waits', async () => {
    const platform = platformFor(process.platform);
    const node = await script('echo up; while :; do sleep 0.02; done');
    expect(platform.commandLine(node.pid)).toMatch(new RegExp(`${recorderName}[\\0 ]/bin/sh`)); // its own name
    node.release();
    await waitFor(() => readFileSync(logFile(), 'utf8').includes('up'));
    expect(platform.commandLine(node.pid)).not.toContain(recorderName);
    process.kill(-node.recorderPid, 'SIGKILL');
    expect(await node.recorderEnded).toBeNull();
  });

  it('replaces a record that a lost state left under the same number', async () => {
    writeFileSync(join(directory.path, 'node-1.exit'), 'run\nexit 99\n');
    writeFileSync(join(directory.path, 'node-7.exit'), 'run\nexit 99\n');
    expect(await ended('exit 3')).toMatchObject({ code: 3 });
    expect(existsSync(join(directory.path, 'node-7.exit'))).toBe(false);
  });

  it('rejects an argument that the kernel finds too long', async () => {
    await expect(spawned({ args: ['x'.repeat(4_000_000)] })).rejects.toThrow('E2BIG');
  });
});
