import { readFileSync } from 'node:fs';
import { startRpcServer, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { ForksReport } from '../src/report/forks-report.ts';
import { describeLaunch } from '../src/supervisor/describe-launch.ts';
import { lookAtForks } from '../src/supervisor/look-at-forks.ts';
import { launchOf } from './launch-of.ts';
import { schemaErrorsOf } from './published-schema.ts';
import { workplace } from './workplace.ts';

/** What a real geth answered: a node of a private chain, whose three peers know of a fork that it lacks. */
const answered = (name: string): unknown =>
  JSON.parse(
    readFileSync(
      new URL(`../../../packages/forks/test/recorded/${name}.json`, import.meta.url),
      'utf8',
    ),
  );

describe('forks', () => {
  it('tells before the first start what the program has for a network', async () => {
    const place = await workplace();
    const { code, stdout } = await place.run('forks', '--json', '--', '--hoodi');
    const report = JSON.parse(stdout) as ForksReport;
    expect(schemaErrorsOf('forks', report), stdout).toEqual([]);
    expect(code).toBe(0);
    expect(report).toMatchObject({ running: false, missing: null });
    expect(report.forks.map(({ name }) => name)).toEqual(['Prague', 'Osaka', 'BPO1', 'BPO2']);
  });

  it('tells of a fork that the program lacks, as do status, doctor and alerts', async () => {
    const place = await workplace();
    place.env['FAKE_GETH_VERSION'] = '1.16.5-stable';
    await place.supervised();
    await waitFor(async () => (await place.status()).missing_fork?.name === 'Osaka', {
      what: 'a status that tells of the fork',
    });
    expect(schemaErrorsOf('status', await place.status())).toEqual([]);
    const { code, stdout } = await place.run('forks');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^MISSING: +the node lacks Osaka, at 2025-12-03 21:49Z, \d+ days ago: releases from 1\.16\.6 on have it\. What to do: get a release that has it$/m,
    );
    expect(stdout).toMatch(/^node +- \(not offered: admin is offered over IPC/m);
    expect((await place.run('status')).stdout).toMatch(/^Fork: +the node lacks Osaka/m);
    expect((await place.run('doctor')).stdout).toMatch(/^warning: forks: the node lacks Osaka/m);
    expect((await place.run('alerts')).stdout).toMatch(/^ +critical +fork: the node lacks Osaka/m);
  });
});

describe('a look at the forks', () => {
  const lookAt = async (rpcUrl: string, more: object = {}) => {
    const place = await workplace();
    const launch = launchOf({ args: ['--ipcdisable'] });
    const description = describeLaunch(launch, { rpcUrl, rpcHeaders: [], platform: 'linux' });
    const settings = { rpcUrl, referenceRpcUrl: null, ...more };
    return lookAtForks({ paths: place.paths, description, pid: 2 ** 31 - 1, settings });
  };

  it('asks the node over its socket, and another one over HTTP', async () => {
    await using server = await startRpcServer({
      admin_nodeInfo: answered('geth-1.17.5-private-node-info'),
      admin_peers: answered('geth-1.17.5-private-peers'),
    });
    await using other = await startRpcServer({
      eth_config: answered('geth-1.17.5-hoodi-eth-config'),
    });
    const verdict = await lookAt(server.ipcPath, { referenceRpcUrl: other.url });
    const peers = verdict.sources.find(({ source }) => source === 'peers');
    expect(peers?.says).toMatch(/^3 of 3 peers/);
    const reference = verdict.sources.find(({ source }) => source === 'reference');
    expect(reference?.says).toMatch(/^not counted: its first block/);
  });

  it('says what a node does not offer, and what would', async () => {
    await using server = await startRpcServer();
    const verdict = await lookAt(server.url);
    const says = Object.fromEntries(verdict.sources.map((each) => [each.source, each.says]));
    expect(says).toMatchObject({
      node: 'not offered: admin is offered over IPC, and over HTTP with --http.api …,admin',
      eth_config: 'not offered: geth offers eth_config from 1.16.3 on',
      log: 'no start banner in the log of this run',
      reference: 'none is named: --reference-rpc-url',
    });
  });

  it('counts nobody who answers in the place of the node', async () => {
    await using server = await startRpcServer({
      admin_nodeInfo: answered('geth-1.17.5-private-node-info'),
      admin_peers: answered('geth-1.17.5-private-peers'),
    });
    const verdict = await lookAt(server.url, { rpcUrl: null });
    expect(verdict.missing).toBeNull();
    expect(verdict.sources[0]?.says).toMatch(/^another process answers in its place/);
  });

  it('never shows what is secret in the address of the other node', async () => {
    const secret = 'http://user:pass-word@127.0.0.1:1/api-key';
    const { sources } = await lookAt('http://127.0.0.1:1', { referenceRpcUrl: secret });
    const { says = '' } = sources.find(({ source }) => source === 'reference') ?? {};
    expect(says).toMatch(/127\.0\.0\.1:1/);
    expect(says).not.toMatch(/pass-word|api-key|user/);
  });

  it('says that a node does not answer', async () => {
    const verdict = await lookAt('http://127.0.0.1:1');
    expect(verdict.sources[0]).toMatchObject({ source: 'node', heard: false });
    expect(verdict.sources[0]?.says).toMatch(/127\.0\.0\.1:1/);
  });
});
