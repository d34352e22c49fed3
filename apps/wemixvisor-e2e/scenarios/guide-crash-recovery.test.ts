import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { chainClients } from '../harness/chain-clients.ts';
import { hashOf, headOf } from '../harness/clients.ts';
import { installation, type Installation } from '../harness/installation.ts';
import { isAlive } from '../harness/processes.ts';
import { isWell, until } from '../harness/until.ts';
import { webhook } from '../harness/webhook.ts';

/** Kills the node as the OOM killer would; gives back its status when another process of it is well. */
async function killedAndBack(wemixvisor: Installation) {
  const { pid } = await wemixvisor.status();
  signalProcess(pid, 'SIGKILL');
  const back = await until(
    wemixvisor,
    (status) => status.pid !== pid && isWell(status),
    'another process that is well',
  );
  expect(isAlive(pid)).toBe(false);
  expect(back.last_exit).toMatchObject({ code: null, signal: 'SIGKILL', forced: false });
  return back;
}

describe.concurrent('crash recovery', () => {
  for (const { title, isPresent, prepare, keeps } of chainClients) {
    it.runIf(isPresent)(
      `brings a crash-prone node back, counts, tells, and needs the operator at the limit ${title}`,
      async () => {
        using told = await webhook();
        await using wemixvisor = await installation();
        mkdirSync(wemixvisor.home, { mode: 0o700 });
        writeFileSync(
          join(wemixvisor.home, 'config.toml'),
          `[alerts]\nwebhook_url = "${told.url}"\nresolve_after = "0"\nevents = ["crash", "restart-limit"]\n`,
          { mode: 0o600 },
        );
        const client = await prepare(join(wemixvisor.home, 'data'));
        const options = ['--rpc-url', client.rpcUrl, '--min-peers', '0', '--max-restarts', '2'];
        const timing = ['--health-check-interval', '500ms', '--restart-delay', '200ms'];
        const alerts = (count: number) =>
          waitFor(
            () =>
              told.alerts.length >= count &&
              told.alerts.map(({ event, status }) => `${event} ${status}`),
            { what: `alert ${count}` },
          );

        expect(
          await wemixvisor.run(
            ...['start', '--binary', client.binary, ...options, ...timing, '--', ...client.args],
          ),
        ).toMatchObject({ code: 0 });
        await until(wemixvisor, isWell, 'a healthy node');
        await waitFor(async () => (await headOf(client.rpcUrl)) >= 2, {
          everyMs: 200,
          what: 'two blocks',
        });
        const block = await hashOf(client.rpcUrl, keeps);

        expect((await killedAndBack(wemixvisor)).restarts).toMatchObject({ crash: 1, health: 0 });
        expect(await wemixvisor.run('health')).toMatchObject({ code: 0 });
        expect(await alerts(2)).toEqual(['crash raised', 'crash resolved']);
        expect((await killedAndBack(wemixvisor)).restarts).toMatchObject({ crash: 2, operator: 0 });
        expect((await wemixvisor.run('status')).stdout).toMatch(/^Restarts: +2/m);
        expect(await alerts(4)).toEqual(Array(2).fill(['crash raised', 'crash resolved']).flat());
        expect(await hashOf(client.rpcUrl, keeps)).toBe(block);

        signalProcess((await wemixvisor.status()).pid, 'SIGKILL');
        const over = await until(wemixvisor, ({ state }) => state === 'error', 'the limit');
        expect(over).toMatchObject({
          desired: 'up',
          pid: null,
          generation: 3,
          restarts: { crash: 2 },
          health: null,
          last_exit: { code: null, signal: 'SIGKILL', forced: false },
          next_action: null,
        });
        expect(over['reason']).toContain('gave up after 2 restarts');
        expect(await wemixvisor.run('status')).toMatchObject({ code: 1 });
        expect(await wemixvisor.run('health')).toMatchObject({ code: 3 });
        expect((await alerts(5)).at(-1)).toBe('restart-limit raised');
        expect(told.alerts.at(-1)).toMatchObject({ severity: 'critical' });
        expect(told.alerts.at(-1)?.summary).toContain('SIGKILL');

        // The operator has looked into it: the count begins anew.
        expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
        const again = await until(wemixvisor, isWell, 'a healthy node again');
        expect(again.restarts).toMatchObject({ crash: 0 });
        expect(await hashOf(client.rpcUrl, keeps)).toBe(block);
        expect((await alerts(6)).at(-1)).toBe('restart-limit resolved');
      },
    );
  }
});
