import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeGeth, recordedAnswers, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { schemaErrorsOf } from './published-schema.ts';
import { workplace, type Workplace } from './workplace.ts';

type Network = Parameters<typeof recordedAnswers>[0];

/** A workplace whose node is a scripted gwemix that answers as a real member did. */
async function memberPlace(network: Network, token: string | null = null): Promise<Workplace> {
  const place = await workplace();
  const gwemix = join(place.path, 'bin', 'gwemix');
  // Asked for its version it has no environment to know it from.
  const script = `#!/bin/sh\nFAKE_GETH_VERSION=gwemix-0.10.9-stable exec "${fakeGeth}" "$@"\n`;
  writeFileSync(gwemix, script, { mode: 0o755 });
  place.env['WEMIXVISOR_BINARY'] = gwemix;
  answersAs(place, network, token);
  return place;
}

/** Answers of another state of the network from now on; nobody makes a block, or `token` does. */
function answersAs(place: Workplace, network: Network, token: string | null = null): void {
  const answers = recordedAnswers(network)
    .filter(({ method }) => method !== 'debug_etcdGet' && method !== 'eth_blockNumber')
    .concat(
      { method: 'eth_blockNumber', params: [], outcome: { kind: 'ok', value: '0x25a' } },
      token === null
        ? []
        : {
            method: 'debug_etcdGet',
            params: ['token'],
            outcome: { kind: 'ok', value: JSON.stringify({ miner: token, height: 603 }) },
          },
    );
  place.control({ answers });
}

async function report(place: Workplace, view: string) {
  const { code, stdout, stderr } = await place.run('wemix', view, '--json');
  const value = JSON.parse(stdout) as Record<string, unknown>;
  expect(schemaErrorsOf(`wemix-${view}`, value), stdout + stderr).toEqual([]);
  return { code, value };
}

describe('a member of a WEMIX network', () => {
  it('is degraded without a quorum, refuses to take it away, and hands over before it stops', async () => {
    const place = await memberPlace('one-down');
    await place.supervised('--health-check-interval', '100ms');
    const refused = await place.run('stop');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('without member2 1 of 3 members are left');
    expect(refused.stderr).toContain('--below-quorum');
    expect(await place.run('restart')).toMatchObject({ code: 1 });
    const newer = join(place.path, 'gwemix-newer');
    const script = readFileSync(join(place.path, 'bin', 'gwemix'), 'utf8');
    writeFileSync(newer, script.replace('0.10.9', '0.10.10'), { mode: 0o755 });
    const upgrade = await place.run('upgrade', newer, '--watch', '100ms');
    expect(upgrade.code).toBe(1);
    expect(upgrade.stdout).toContain('not stopped: without member2 1 of 3 members are left');
    expect((await place.run('doctor')).stdout).toContain(
      'warning: members: 1 of 3 members is down: member3\n  Neither stop nor restart this one before: without member2',
    );
    expect((await place.status()).state).toBe('running');
    answersAs(place, 'no-quorum');
    const degraded = await waitFor(async () => {
      const { health } = await place.status();
      return health?.status === 'degraded' ? health : null;
    });
    expect(degraded.reason).toBe('etcd has no quorum, 1 of 3 members are up: nobody makes blocks');
    expect(degraded.checks.membership).toMatchObject({ removal_ballot: 1, healthy: false });
    expect(schemaErrorsOf('health', { schema: 1, ...degraded })).toEqual([]);
    const status = await place.run('status', '--json');
    expect(schemaErrorsOf('status', JSON.parse(status.stdout))).toEqual([]);
    answersAs(place, 'three-members', 'member2');
    await waitFor(async () => (await place.status()).health?.status === 'healthy');
    const stop = place.begin('stop');
    const waits = await waitFor(async () => {
      const { stop_phase: phase, state } = await place.status();
      return phase === null ? null : `${state}: ${phase.what}`;
    });
    expect(waits).toBe('running: member2 makes block 603');
    answersAs(place, 'three-members');
    expect(await stop.done).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(place.paths.nodeLog, 'utf8')).toContain('Moved leader');
  });

  it('is stopped below its quorum where that is wanted, also without a supervisor', async () => {
    const place = await memberPlace('one-down');
    await place.supervised();
    await place.run('detach');
    expect((await place.run('stop')).stderr).toContain('not stopped: without member2');
    expect(await place.run('stop', '--below-quorum')).toMatchObject({ code: 0 });
  });
});

describe('a node that gwemix.sh ran', () => {
  it('is taken over with the same command line, and nothing is overwritten', async () => {
    const place = await workplace();
    expect(await place.run('import')).toMatchObject({ code: 64 });
    const folder = join(place.path, 'member');
    expect((await place.run('import', 'gwemix', folder)).stderr).toContain('there is no');
    mkdirSync(join(folder, 'bin'), { recursive: true });
    const gwemix = join(folder, 'bin', 'gwemix');
    writeFileSync(gwemix, '#!/bin/sh\necho Gwemix; echo Version: 0.10.9-stable\n', { mode: 0o755 });
    writeFileSync(
      join(folder, '.rc'),
      'PORT=29588\nDISCOVER=0\nLOG_FILESIZE=20M\nSYNC_MODE=fast\n',
    );
    const { code, stdout, stderr } = await place.run('import', 'gwemix', folder);
    expect([code, stderr]).toEqual([0, '']);
    const args = `--datadir ${folder} --metrics --nodiscover --http --http.addr 0.0.0.0 --http.port 29588 --ws --ws.addr 0.0.0.0 --ws.port 29598 --syncmode fast --port 29589`;
    expect(stdout).toContain(
      `  ${gwemix} ${args} 2>&1 | ${folder}/bin/logrot ${folder}/logs/log 20M 5`,
    );
    expect(stdout).toContain(`wemixvisor start --home ${place.paths.home} -- ${args}`);
    expect(stdout).toContain('note: SYNC_MODE fast is refused by gwemix 0.10');
    expect(stdout).toMatch(/^problem: .*syncmode/m);
    const config = readFileSync(place.paths.config, 'utf8');
    expect(config).toContain(
      `[node]\nbinary = "${gwemix}"\nworkdir = "${folder}"\n\n[log]\nmax_size = "20MiB"\nmax_files = 5\n`,
    );
    expect(await place.run('config', 'check')).toMatchObject({ code: 0 });
    const again = await place.run('import', 'gwemix', folder, '--json');
    expect(again.code).toBe(1);
    const report = JSON.parse(again.stdout) as object;
    expect(schemaErrorsOf('import', report)).toEqual([]);
    expect(report).toMatchObject({ written: false });
    expect(readFileSync(place.paths.config, 'utf8')).toBe(config);
  });
});

describe('the governance of a WEMIX network', () => {
  it('is shown as tables and as JSON, for people and for programs', async () => {
    const place = await memberPlace('three-members');
    await place.supervised();
    const members = await place.run('wemix');
    expect(members.stderr).toBe('');
    expect(members.stdout).toMatch(/^member2 \* +up +602 /m);
    expect(members.stdout).toContain('Made:      2 of the last 6 blocks');
    expect((await place.run('wemix', 'etcd')).stdout).toContain('3 of 3 are up, 2 are needed');
    const ballots = await place.run('wemix', 'ballots');
    expect(ballots.stdout).toContain('Your vote: is missing in 2, 1');
    expect(ballots.stdout).toContain('Warning:   1 would remove this member');
    expect(await report(place, 'members')).toMatchObject({ code: 0, value: { self: 'member2' } });
    expect(await report(place, 'etcd')).toMatchObject({ code: 0, value: { leader: 'member2' } });
    expect(await report(place, 'ballots')).toMatchObject({ code: 0 });
    answersAs(place, 'no-quorum');
    await expect.poll(async () => (await report(place, 'etcd')).code).toBe(2);
    expect(await place.run('wemix', 'voters')).toMatchObject({ code: 64 });
  });

  it('is nothing that geth has, and nothing of a node that is down', async () => {
    const place = await workplace();
    expect(await place.run('wemix')).toMatchObject({ code: 3 });
    await place.supervised();
    const { code, stderr } = await place.run('wemix', 'etcd');
    expect(code).toBe(1);
    expect(stderr).toContain('which is no gwemix');
  });
});
