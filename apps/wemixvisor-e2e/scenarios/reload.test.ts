import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { anvil, headOf } from '../harness/clients.ts';
import { installation } from '../harness/installation.ts';
import { isWell, until } from '../harness/until.ts';

describe('a reload', () => {
  it('changes health and alerts of a real client, by command or SIGHUP, and leaves its process alone', async () => {
    await using wemixvisor = await installation();
    mkdirSync(wemixvisor.home, { mode: 0o700 });
    const configure = (toml: string) =>
      writeFileSync(join(wemixvisor.home, 'config.toml'), toml, { mode: 0o600 });
    configure('[health]\ninterval = "1h"\n');
    const client = await anvil();
    const options = ['--binary', client.binary, '--rpc-url', client.rpcUrl];
    expect(await wemixvisor.run('start', ...options, '--', ...client.args)).toMatchObject({
      code: 0,
    });
    const before = await until(wemixvisor, isWell, 'a healthy client');
    const minimumIs = (minimum: number) =>
      until(
        wemixvisor,
        ({ health }) => health?.checks['peer_count']?.['min_required'] === minimum,
        `a check with a minimum of ${minimum}`,
      );

    configure('[health]\ninterval = "250ms"\nmin_peers = 7\n[node]\nworkdir = "/"\n');
    const reloaded = await wemixvisor.run('reload');
    expect(reloaded).toMatchObject({ code: 0, stderr: '' });
    expect(reloaded.stdout).toBe(
      [
        'applied now:',
        '  health.interval: 1h → 250ms',
        '  health.min_peers: 1 → 7',
        'applied by the next start of the node (wemixvisor restart):',
        '  node.workdir: none → /',
        '',
      ].join('\n'),
    );
    await minimumIs(7);

    configure('[health]\ninterval = "250ms"\nmin_peers = 8\n');
    signalProcess(before.supervisor_pid, 'SIGHUP');
    await minimumIs(8);
    configure('[health]\nmin_peers = "many"\n');
    signalProcess(before.supervisor_pid, 'SIGHUP');
    const journal = () => readFileSync(join(wemixvisor.home, 'logs/wemixvisor.log'), 'utf8');
    await waitFor(() => journal().includes('nothing is changed: '), { what: 'the refusal' });

    const head = await headOf(client.rpcUrl);
    await waitFor(async () => (await headOf(client.rpcUrl)) > head, {
      everyMs: 200,
      what: 'the next block',
    });
    expect(await minimumIs(8)).toMatchObject({
      state: 'running',
      pid: before.pid,
      supervisor_pid: before.supervisor_pid,
      started_at: before['started_at'],
      generation: 1,
      restarts: { crash: 0, health: 0, operator: 0 },
    });
  });
});
