import { readFileSync, writeFileSync } from 'node:fs';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { workplace } from './workplace.ts';

/** A node that runs on without its supervisor. */
async function orphaned() {
  const place = await workplace();
  const foreground = await place.supervised();
  const { pid, started_at: startedAt } = await place.status();
  await place.run('detach');
  await foreground.done;
  return { place, pid: pid ?? 0, startedAt };
}

describe('a node without a supervisor', () => {
  it('is shown as it is', async () => {
    const { place, pid, startedAt } = await orphaned();
    expect(await place.status()).toMatchObject({
      state: 'running',
      pid,
      started_at: startedAt,
      supervisor_pid: null,
      health: null,
    });
    const { code, stdout } = await place.run('status');
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^UNSUPERVISED: nobody restarts this node; wemixvisor start takes it up$/m,
    );
    expect(stdout).toMatch(/^Supervisor: +not running: start takes the node up again$/m);
  });

  it('is stopped cleanly, and stays stopped', async () => {
    const { place } = await orphaned();
    expect(await place.run('stop')).toMatchObject({ code: 0, stdout: 'the node has stopped\n' });
    expect(await place.status()).toMatchObject({
      state: 'stopped',
      desired: 'down',
      pid: null,
      last_exit: { code: 0, forced: false },
    });
    const log = await place.run('logs');
    expect(log.stdout).toContain('Got interrupt, shutting down...');
    expect((await place.run('stop')).stdout).toBe('the node is not running\n');
  });

  it('is killed after the grace period, or at once when that is asked for', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_STOP_MS'] = 'never';
    for (const [options, code, why] of [
      [['--timeout', '50ms'], 1, 'as it did not stop within its grace period'],
      [['--force'], 0, 'as it was asked for (stop --force)'],
    ] as const) {
      const foreground = await place.supervised();
      await place.run('detach');
      await foreground.done;
      expect(await place.run('stop', ...options)).toMatchObject({ code });
      expect(await place.status()).toMatchObject({
        state: 'stopped',
        last_exit: { signal: 'SIGKILL', forced: true },
        reason: `stopped by wemixvisor stop, without a supervisor; killed, ${why}`,
      });
    }
  });

  it('is taken up again: same process, same start, counted on', async () => {
    const { place, pid, startedAt } = await orphaned();
    const foreground = await place.supervised();
    expect(foreground.stderr).toContain(`took over the running node (pid ${pid})`);
    expect(await place.status()).toMatchObject({
      state: 'running',
      adopted: true,
      pid,
      started_at: startedAt,
      generation: 1,
      supervisor_pid: process.pid,
    });
    expect((await place.run('status')).stdout).toMatch(/^State: +running \(adopted\)$/m);
    const restarted = await place.run('restart');
    expect(restarted.code).toBe(0);
    expect(await place.status()).toMatchObject({ adopted: false, generation: 2 });
  });

  it('is refused to a foreground start with other arguments', async () => {
    const { place, pid } = await orphaned();
    const { code, stderr } = await place.run('start', '--foreground', '--', '--http');
    expect(code).toBe(1);
    expect(stderr).toContain('wemixvisor: the node is running, but the arguments are');
    expect(await place.status()).toMatchObject({ state: 'running', pid });
  });

  it('is seen as crashed once it has gone, and started again by the next start', async () => {
    const { place, pid } = await orphaned();
    process.kill(pid, 'SIGKILL');
    await waitFor(async () => (await place.status()).state === 'crashed');
    const { code, stdout } = await place.run('status');
    expect(code).toBe(1);
    expect(stdout).toContain('neither the node nor its supervisor is running');
    await place.supervised('--restart-delay', '10ms');
    const recovered = await place.status();
    expect(recovered).toMatchObject({ adopted: false, last_exit: { signal: 'SIGKILL' } });
    expect(recovered.pid).not.toBe(pid);
  });

  it('is shown with the cause of its end, which nobody saw, and what to do', async () => {
    const { place } = await orphaned();
    place.control({
      fatal: 'Error starting protocol stack: listen tcp :30303: bind: address already in use',
    });
    await waitFor(async () => (await place.status()).state === 'crashed');
    const { last_exit: exit, reason } = await place.status();
    expect(exit).toMatchObject({ code: 1, diagnosis: { cause: 'port-taken', class: 'short' } });
    expect(reason).toContain('neither the node nor its supervisor is running');
    const explained = await place.run('explain');
    expect(explained.stdout).toContain(exit?.diagnosis?.remedy);
  });

  it('is not signalled when its pid belongs to another process by now', async () => {
    const { place, pid } = await orphaned();
    const { state } = place.paths;
    const written = readFileSync(state, 'utf8');
    writeFileSync(state, written.replace(/"startTime": "\d+"/g, '"startTime": "1"'));
    // It writes to the node's log: neither a node that is known, nor a home where nothing runs.
    const { code, stderr } = await place.run('stop');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`process ${pid}`),
    });
    expect(process.kill(pid, 0)).toBe(true);
    writeFileSync(state, written);
  });
});
