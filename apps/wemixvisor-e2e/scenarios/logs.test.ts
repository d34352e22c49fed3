import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { logProblems, readLives } from '../faults/accounts.ts';
import { installation, isWatched, outcomeOf } from '../harness/installation.ts';
import { isAlive } from '../harness/processes.ts';
import { until } from '../harness/until.ts';

const numberedNode = fileURLToPath(new URL('../faults/numbered-node.mjs', import.meta.url));

/** An installation whose node writes 400 numbered lines a second; with words of a command before the node, from a script that runs it so. */
async function numbered(...wrapper: readonly string[]) {
  const wemixvisor = await installation();
  const data = join(wemixvisor.home, 'data');
  const script = join(wemixvisor.home, '..', 'node.sh');
  writeFileSync(script, `#!/bin/sh\nexec ${wrapper.join(' ')} "${numberedNode}" "$@"\n`, {
    mode: 0o700,
  });
  const binary = wrapper.length === 0 ? numberedNode : script;
  const node = ['--datadir', data, '--http', '--http.port', `${await freePort()}`];
  const options = ['--binary', binary, '--restart-delay', '100ms'];
  expect(await wemixvisor.run('start', ...options, '--', ...node)).toMatchObject({ code: 0 });
  return {
    ...wemixvisor,
    lives: () => readLives(join(data, 'lives')),
    [Symbol.asyncDispose]: () => wemixvisor[Symbol.asyncDispose](),
  };
}

describe.concurrent('logs', () => {
  it('are followed across rotations, a restart, a crash and an adoption, each line once', async () => {
    await using wemixvisor = await numbered();
    const follower = wemixvisor.spawn('logs', '-f', '-n', 'all');
    const followed = outcomeOf(follower);
    let seen = '';
    follower.stdout?.setEncoding('utf8').on('data', (text: string) => (seen += text));
    /** The follower has come to a line that is written after this call. */
    const goesOn = async () => {
      const { length } = seen;
      await waitFor(() => seen.length > length + 10_000, { what: 'more lines' });
    };
    const rotate = async () => {
      const rotation = await wemixvisor.run('logs', '--rotate');
      expect(rotation).toMatchObject({ code: 0, stderr: '' });
      expect(rotation.stdout).toMatch(
        /^rotated [\d.]+ [KMG]?i?B to \S+; the node was (?:not )?paused/,
      );
      await goesOn();
    };

    await goesOn();
    await rotate();
    await rotate();
    expect(await wemixvisor.run('restart')).toMatchObject({ code: 0 });
    await goesOn();

    const before = await wemixvisor.status();
    signalProcess(before.supervisor_pid, 'SIGKILL');
    await until(wemixvisor, (status) => !isWatched(status), 'the end of the supervisor');
    await goesOn();
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
    expect(await wemixvisor.status()).toMatchObject({ pid: before.pid, adopted: true });
    await rotate();

    signalProcess(before.pid, 'SIGKILL');
    await until(wemixvisor, ({ state, pid }) => state === 'running' && pid !== before.pid, 'it');
    await rotate();
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });

    const lives = wemixvisor.lives();
    expect(lives).toHaveLength(3);
    const isWhole = () => logProblems(seen, lives).length === 0;
    // Where it waits in vain, what is missing says more than that.
    await waitFor(isWhole, { what: 'the last line' }).catch(() => undefined);
    expect(logProblems(seen, lives)).toEqual([]);
    follower.kill('SIGINT');
    expect(await followed).toMatchObject({ code: 0, stderr: '' });
    expect(logProblems(seen, lives)).toEqual([]);
  });

  it('lack no line of a node whose wrapper takes it out of the group that can be paused', async () => {
    await using wemixvisor = await numbered('timeout', '600');
    for (let rotation = 0; rotation < 2; rotation += 1) {
      const log = join(wemixvisor.home, 'logs/node.log');
      // More than a block: less than that needs a pause.
      await waitFor(() => statSync(log).size > 2 * 4096, { what: 'some lines' });
      const { code, stdout, stderr } = await wemixvisor.run('logs', '--rotate');
      if (code === 0) expect(stdout).toMatch(/; the node was not paused\n$/);
      else expect(stderr).toMatch(/^wemixvisor: the log was not rotated: .* cannot be paused/);
    }
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
    const whole = await wemixvisor.run('logs', '-n', 'all');
    expect(logProblems(whole.stdout, wemixvisor.lives())).toEqual([]);
  });

  it('are all there with the supervisor down, rotated or not', async () => {
    await using wemixvisor = await numbered();
    await wemixvisor.run('logs', '--rotate');
    await wemixvisor.run('restart');
    const { supervisor_pid: supervisor } = await wemixvisor.status();
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
    await waitFor(() => !isAlive(supervisor), { what: 'the supervisor to leave' });

    const whole = await wemixvisor.run('logs', '-n', 'all');
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(logProblems(whole.stdout, wemixvisor.lives())).toEqual([]);
    const lines = whole.stdout.split('\n').slice(0, -1);
    const live =
      readFileSync(join(wemixvisor.home, 'logs/node.log'), 'utf8').split('\n').length - 1;
    expect(lines.length).toBeGreaterThan(live);

    const shown = async (...words: readonly string[]) => {
      const { code, stdout } = await wemixvisor.run('logs', ...words);
      expect(code).toBe(0);
      return stdout.split('\n').slice(0, -1);
    };
    expect(await shown()).toEqual(lines.slice(-100));
    expect(await shown('-n', `${live + 5}`)).toEqual(lines.slice(-live - 5));
    expect(await shown('-n', '2', '--grep', ' line 1 ')).toEqual(
      lines.filter((line) => line.includes(' line 1 ')),
    );
    expect(await shown('-n', 'all', '--since', '1h')).toEqual(lines);
    expect(await shown('-n', 'all', '--until', '1h ago')).toEqual([]);
    // The restart and the stop, as the supervisor has written them down.
    const ends = ['--source', 'supervisor', '-n', 'all', '--grep', 'node-exited'];
    expect(await shown(...ends)).toHaveLength(2);

    const rotation = await wemixvisor.run('logs', '--rotate');
    expect(rotation).toMatchObject({ code: 3, stdout: '' });
    expect(rotation.stderr).toMatch(/^wemixvisor: no supervisor is running [^\n]+ start\n$/);
  });
});
