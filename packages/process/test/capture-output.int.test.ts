import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { captureOutput } from '../src/index.ts';
import { identifyProcess } from '../src/process-identity.ts';

const sh = (script: string, options: Partial<Parameters<typeof captureOutput>[2]> = {}) =>
  captureOutput('/bin/sh', ['-c', script], {
    timeoutMs: 15_000,
    env: { PATH: '/usr/bin:/bin' },
    ...options,
  });

describe('captureOutput', () => {
  it('gives what the program said, byte for byte, and its code', async () => {
    expect(await sh('echo out; echo err >&2; exit 3')).toEqual({
      stdout: 'out\n',
      stderr: 'err\n',
      code: 3,
      timedOut: false,
    });
  });

  it('hands over only the environment and the folder it is given', async () => {
    const { stdout } = await sh('echo "$A $HOME $PWD"', { env: { A: '1' }, cwd: '/usr' });
    expect(stdout).toBe('1  /usr\n');
  });

  it('kills the whole group at the limit', async () => {
    const { stdout, code, timedOut } = await sh('sleep 600 & echo $!; wait', { timeoutMs: 300 });
    expect({ code, timedOut }).toEqual({ code: null, timedOut: true });
    await waitFor(() => identifyProcess(Number(stdout)) === undefined, {
      what: 'the end of sleep',
    });
  });

  it('kills what a program leaves running', async () => {
    const { stdout } = await sh('sleep 600 >/dev/null 2>&1 & echo $!');
    await waitFor(() => identifyProcess(Number(stdout)) === undefined, {
      what: 'the end of sleep',
    });
  });

  it.runIf(process.platform === 'linux')(
    'waits beyond the limit for no program that left the group and holds the output',
    async () => {
      const leaves = `exec 3>&1; setsid sh -c 'sleep 600 >&3 & echo $!' | cat; exit 4`;
      const left = await sh(leaves, { timeoutMs: 500 });
      expect(left).toMatchObject({ code: 4, timedOut: true });
      process.kill(Number(left.stdout), 'SIGKILL');
    },
  );

  it('kills the whole group when its signal aborts, and throws the reason', async () => {
    await using folder = await temporaryDirectory();
    const said = join(folder.path, 'pid');
    const abort = new AbortController();
    const running = sh(`sleep 600 & echo $! >'${said}'; wait`, { signal: abort.signal });
    const pid = await waitFor(() => existsSync(said) && Number(readFileSync(said, 'utf8')));
    abort.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await waitFor(() => identifyProcess(pid) === undefined, { what: 'the end of sleep' });
    await expect(sh('exit 0', { signal: abort.signal })).rejects.toThrow('enough');
  });

  it('keeps no more than it may', async () => {
    const { stdout } = await sh('while :; do echo 0123456789; done', { maxBytes: 1_000 });
    expect(stdout.length).toBeLessThanOrEqual(1_000);
  });

  it('refuses a path that no program can have', async () => {
    await expect(captureOutput('/bin/\0', [], { timeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'CAPTURE_FAILED',
    });
  });

  it.runIf(process.platform === 'linux')('says that no descriptor is left for it', async () => {
    // A limit below what is open already; who lifts it again waits for a word.
    const [restore] =
      /Max open files +(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.slice(1) ?? [];
    const limit = (to: string) => `prlimit --pid ${process.pid} --nofile=${to}:`;
    const helper = spawn('/bin/sh', [
      '-c',
      `${limit('3')}; echo set; read x; ${limit(`${restore}`)}; echo done`,
    ]);
    await once(helper.stdout, 'data');
    const captured = captureOutput('/bin/echo', ['x'], { timeoutMs: 1_000 }).catch(
      (error: unknown) => error,
    );
    const result = await captured;
    helper.stdin.write('\n');
    await once(helper.stdout, 'data');
    expect(result).toMatchObject({
      code: 'CAPTURE_FAILED',
      message: 'cannot run /bin/echo (EMFILE): check the path',
    });
  });

  it('says why a program cannot be run', async () => {
    await expect(captureOutput('/no/geth', [], { timeoutMs: 1_000 })).rejects.toMatchObject({
      code: 'CAPTURE_FAILED',
      message: 'cannot run /no/geth (ENOENT): check the path',
    });
  });
});
