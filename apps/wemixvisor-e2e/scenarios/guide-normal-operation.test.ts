import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { chainClients } from '../harness/chain-clients.ts';
import { hashOf, headOf } from '../harness/clients.ts';
import { installation } from '../harness/installation.ts';
import { isAlive, lastArguments } from '../harness/processes.ts';
import { isWell, until } from '../harness/until.ts';

describe.concurrent('normal operation', () => {
  for (const { title, isPresent, prepare } of chainClients) {
    it.runIf(isPresent)(
      `starts, is healthy, restarts gracefully, goes on where it was, and stops ${title}`,
      async () => {
        await using wemixvisor = await installation();
        const client = await prepare(join(wemixvisor.home, 'data'));
        const options = ['--rpc-url', client.rpcUrl, '--min-peers', '0'];
        const timing = ['--health-check-interval', '500ms'];
        const log = () => readFileSync(join(wemixvisor.home, 'logs/node.log'), 'utf8');

        // 1, 2: start; the process runs
        const started = await wemixvisor.run(
          ...['start', '--binary', client.binary, ...options, ...timing, '--', ...client.args],
        );
        expect(started).toMatchObject({ code: 0 });
        expect(started.stdout).toContain('the node is running');
        const first = await wemixvisor.status();
        expect(first).toMatchObject({ state: 'running', desired: 'up', args: client.args });
        expect(lastArguments(first.pid, client.args)).toEqual(client.args);

        // 3: health
        const healthy = await until(wemixvisor, isWell, 'a healthy node');
        expect(healthy.version).toEqual(expect.any(String));
        expect(await wemixvisor.run('health')).toMatchObject({ code: 0 });
        const table = await wemixvisor.run('status');
        expect(table).toMatchObject({ code: 0 });
        expect(table.stdout).toMatch(/^State: +running\nPID: +\d+\nUptime: .+\nRestarts: +0\n/);
        expect(table.stdout).toMatch(/^Health: +healthy/m);

        // 4: a graceful restart
        await waitFor(async () => (await headOf(client.rpcUrl)) >= 2, {
          everyMs: 200,
          what: 'two blocks',
        });
        const firstBlock = await hashOf(client.rpcUrl, 1);
        const head = await headOf(client.rpcUrl);
        const said = log();
        expect(await wemixvisor.run('restart')).toMatchObject({ code: 0 });
        const second = await wemixvisor.status();
        expect(second).toMatchObject({
          state: 'running',
          args: client.args,
          restarts: { crash: 0, health: 0, operator: 1 },
          last_exit: { code: 0, signal: null, forced: false },
        });
        expect(second.pid).not.toBe(first.pid);
        expect(isAlive(first.pid)).toBe(false);

        // 5: the same chain goes on, and so does the log
        expect(await hashOf(client.rpcUrl, 1)).toBe(firstBlock);
        expect(await headOf(client.rpcUrl)).toBeGreaterThanOrEqual(head);
        await waitFor(async () => (await headOf(client.rpcUrl)) > head, {
          everyMs: 200,
          what: 'the next block',
        });
        await until(wemixvisor, isWell, 'a healthy node again');

        // 6: stop
        expect(await wemixvisor.run('stop')).toMatchObject({
          code: 0,
          stdout: 'the node has stopped\n',
        });
        expect(isAlive(second.pid)).toBe(false);
        expect(await wemixvisor.run('status')).toMatchObject({ code: 3 });
        expect(await wemixvisor.status()).toMatchObject({
          state: 'stopped',
          desired: 'down',
          pid: null,
          last_exit: { code: 0, signal: null, forced: false },
        });
        await waitFor(() => !isAlive(second.supervisor_pid), { what: 'the supervisor to leave' });

        const whole = log();
        expect(whole.startsWith(said)).toBe(true);
        expect((await wemixvisor.run('logs', '-n', 'all')).stdout).toBe(whole);
      },
    );
  }
});
