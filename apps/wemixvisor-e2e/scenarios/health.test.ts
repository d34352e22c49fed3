import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { anvil, ask, hashOf } from '../harness/clients.ts';
import { fakeInstallation } from '../harness/fake-installation.ts';
import { installation } from '../harness/installation.ts';
import { isAlive, killed } from '../harness/processes.ts';
import { isWell, until } from '../harness/until.ts';

const swift = [
  ...['--health-check-interval', '250ms', '--health-check-timeout', '1s'],
  ...['--health-failure-threshold', '2'],
];

describe('health of a real Ethereum client', () => {
  it('finds a client that was suspended, restarts it, and finds it well again', async () => {
    await using wemixvisor = await installation();
    const { binary, args, rpcUrl } = await anvil();
    const start = await wemixvisor.run(
      'start',
      '--binary',
      binary,
      '--rpc-url',
      rpcUrl,
      ...swift,
      '--',
      ...args,
    );
    expect(start).toMatchObject({ code: 0 });
    const { pid } = await until(wemixvisor, isWell, 'a healthy client');
    const chain = await hashOf(rpcUrl, 0);
    process.kill(pid, 'SIGSTOP');
    const after = await until(
      wemixvisor,
      (status) => status.pid !== pid && isWell(status),
      'another process that is well',
    );
    expect(after).toMatchObject({
      restarts: { health: 1, crash: 0 },
      last_exit: { forced: false },
    });
    expect(isAlive(pid)).toBe(false);
    expect(await hashOf(rpcUrl, 0)).not.toBe(chain);
    expect(await wemixvisor.run('health')).toMatchObject({ code: 0 });
  });

  it('stays right for a client that another supervisor takes over, and after a restart with other arguments', async () => {
    await using wemixvisor = await installation();
    const first = await anvil();
    const options = ['--binary', first.binary, '--rpc-url', first.rpcUrl, ...swift];
    expect(await wemixvisor.run('start', ...options, '--', ...first.args)).toMatchObject({
      code: 0,
    });
    const before = await until(wemixvisor, isWell, 'a healthy client');
    killed(before.supervisor_pid);
    await waitFor(() => !isAlive(before.supervisor_pid));
    expect(await wemixvisor.run('health')).toMatchObject({ code: 3 });
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
    const adopted = await until(wemixvisor, isWell, 'health of the adopted client');
    expect(adopted).toMatchObject({ pid: before.pid, adopted: true });

    const second = await anvil();
    const restart = await wemixvisor.run(
      'restart',
      '--rpc-url',
      second.rpcUrl,
      '--',
      ...second.args,
    );
    expect(restart).toMatchObject({ code: 0 });
    const moved = await until(wemixvisor, isWell, 'health at the new endpoint');
    expect(moved).toMatchObject({ restarts: { operator: 1, health: 0 } });
    expect(String(moved['endpoint'])).toContain(new URL(second.rpcUrl).host);
  });
});

describe.runIf(process.platform === 'linux')('an answer at the endpoint of the node', () => {
  it('is none of the node where another process gives it: the start goes on and says who answers', async () => {
    await using wemixvisor = await fakeInstallation({ FAKE_GETH_RPC: 'off' });
    const port = new URL(wemixvisor.client.rpcUrl).port;
    const other = spawn(wemixvisor.client.binary, ['--ipcdisable', '--http', '--http.port', port], {
      stdio: 'ignore',
    });
    try {
      await waitFor(() => ask(wemixvisor.client.rpcUrl, 'eth_blockNumber'));
      expect(await wemixvisor.run(...wemixvisor.startWords('--wait-timeout', '1s'))).toMatchObject({
        code: 75,
      });
      const health = await wemixvisor.run('health', '--live');
      expect(health.code).toBe(2);
      expect(health.stdout).toMatch(
        new RegExp(`^degraded: another process answers in its place: .*\\(pid ${other.pid}\\)`),
      );
      expect(await wemixvisor.status()).toMatchObject({ state: 'starting' });
      other.kill('SIGKILL');
      await once(other, 'exit');
      wemixvisor.script({ rpc: 'on' });
      await wemixvisor.until(isWell, 'a node that answers itself');
    } finally {
      other.kill('SIGKILL');
    }
  });
});
