import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { onPath } from '../harness/clients.ts';
import { installation, type Status } from '../harness/installation.ts';
import { until } from '../harness/until.ts';

const geth = onPath('geth');
const title = geth === undefined ? ' (skipped: geth is not on PATH)' : '';

/** A home with the real geth: its data directory, and how it is started, alone and on loopback. */
async function real() {
  const wemixvisor = await installation();
  const data = join(wemixvisor.home, '..', 'data');
  const alone = ['--datadir', data, '--nodiscover', '--maxpeers', '0', '--port', '0'];
  const private_ = [...alone, '--networkid', '1337', '--syncmode', 'full', '--authrpc.port', '0'];
  /** A block each second, whose state is in memory for a while. */
  const dev = ['--datadir', data, '--dev', '--dev.period', '1'];
  const start = (node: readonly string[], ...options: readonly string[]) =>
    wemixvisor.run('start', '--restart-delay', '100ms', ...options, '--', ...node);
  return {
    ...wemixvisor,
    data,
    alone,
    private_,
    dev,
    start,
    until: (fits: (status: Status) => boolean, what: string) => until(wemixvisor, fits, what),
    [Symbol.asyncDispose]: () => wemixvisor[Symbol.asyncDispose](),
  };
}

const diagnosisOf = ({ last_exit: exit }: Status) =>
  (exit as { readonly diagnosis?: { readonly cause: string; readonly class: string } } | null)
    ?.diagnosis;

describe.runIf(geth !== undefined).concurrent(`a real geth${title}`, () => {
  it.each<[cause: string, words: (data: string) => readonly string[]]>([
    ['unknown-flag', () => ['--metricz']],
    ['bad-value', () => ['--maxpeers', 'many']],
    ['exclusive-flags', () => ['--sepolia', '--holesky']],
    ['stray-word', () => ['strat']],
    ['bad-config-file', (data) => ['--config', `${data}.toml`]],
    ['bad-jwt-secret', (data) => ['--authrpc.jwtsecret', `${data}.jwt`]],
  ])('that ends by %s is in error at once, and nothing is tried again', async (cause, words) => {
    await using node = await real();
    writeFileSync(`${node.data}.toml`, '[Nodes]\nx = 1\n');
    writeFileSync(`${node.data}.jwt`, '0x1234');
    const start = await node.start([...node.private_, ...words(node.data)]);
    expect(start.code).toBe(1);
    expect(start.stderr).toContain('what to do: ');
    const status = await node.status();
    expect(diagnosisOf(status)).toMatchObject({ cause, class: 'never' });
    expect(status).toMatchObject({ state: 'error', restart_count: 0, generation: 1 });
  });

  it('takes every key that it prints itself, and no stray one, as doctor says before', async () => {
    await using node = await real();
    const file = `${node.data}.toml`;
    writeFileSync(
      file,
      execFileSync(geth ?? '', ['dumpconfig'], { stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    const doctor = () =>
      node.run('doctor', '--binary', geth ?? '', '--', ...node.dev, '--config', file);
    expect((await doctor()).stdout).not.toContain('is no key of');
    writeFileSync(file, '[Eth]\nNetworkID = 5\n');
    expect((await doctor()).stdout).toContain('Eth.NetworkID is no key of');
    expect(await node.start([...node.dev, '--config', file])).toMatchObject({ code: 1 });
    expect(diagnosisOf(await node.status())).toMatchObject({ cause: 'bad-config-file' });
  });

  it('that finds another chain, or another state scheme, is in error at once', async () => {
    await using node = await real();
    expect(await node.start(node.dev)).toMatchObject({ code: 0 });
    expect(await node.run('stop')).toMatchObject({ code: 0 });
    expect(await node.start([...node.alone, '--sepolia', '--authrpc.port', '0'])).toMatchObject({
      code: 1,
    });
    expect(diagnosisOf(await node.status())?.cause).toBe('wrong-genesis');
    const other = ['--state.scheme', 'hash'];
    expect(await node.start([...node.dev, ...other])).toMatchObject({ code: 1 });
    const status = await node.status();
    expect(diagnosisOf(status)?.cause).toBe('state-scheme-differs');
    expect(status).toMatchObject({ state: 'error', restart_count: 0 });
  });

  it('that finds its data directory locked waits for the holder, and starts by itself', async () => {
    await using node = await real();
    mkdirSync(node.data);
    const holder = spawn(geth ?? '', node.private_, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(holder, 'exit');
    let said = '';
    holder.stderr.on('data', (text: Buffer) => (said += text.toString()));
    await waitFor(() => said.includes('Starting peer-to-peer node'), { what: 'the holder' });
    const begun = node.start(node.private_);
    const held = await node.until((status) => status.state === 'crashed', 'a start that waits');
    expect(diagnosisOf(held)).toMatchObject({ cause: 'data-directory-locked', class: 'hold' });
    expect(held['reason']).toContain(`(pid ${holder.pid})`);
    await begun;
    holder.kill('SIGKILL');
    await ended;
    const up = await node.until(({ state }) => state === 'running', 'it');
    expect(up).toMatchObject({ restart_count: 1 });
  });

  it('that finds its port taken is tried once more, and names who has it', async () => {
    await using node = await real();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await node.start([...node.private_, '--http', '--http.port', `${port}`]);
    const held = await node.until(
      ({ state, next_action: next }) =>
        state === 'crashed' && JSON.stringify(next).includes('check'),
      'a start that waits',
    );
    expect(diagnosisOf(held)?.cause).toBe('port-taken');
    expect(held['reason']).toContain(`(pid ${process.pid})`);
    server.close();
    await node.until(({ state }) => state === 'running', 'it');
  });

  it('that somebody ends by SIGTERM is not called crashed', async () => {
    await using node = await real();
    await node.start(node.private_);
    signalProcess((await node.status()).pid, 'SIGTERM');
    const status = await node.until(({ state }) => state === 'stopped', 'the end');
    expect(diagnosisOf(status)?.cause).toBe('signal-from-elsewhere');
    expect(status.last_exit).toMatchObject({ code: 0 });
  });

  it('that crashes is told by the first line of its dump, and restarted', async () => {
    await using node = await real();
    await node.start(node.private_);
    const { pid } = await node.status();
    signalProcess(pid, 'SIGSEGV');
    const status = await node.until((now) => now.state === 'running' && now.pid !== pid, 'it');
    expect(diagnosisOf(status)).toMatchObject({
      cause: 'go-crash',
      evidence: expect.stringMatching(/^SIGSEGV/),
    });
  });

  it('is stopped cleanly at any moment of its start, and leaves a data directory that opens', async () => {
    for (const ms of [50, 400, 900, 1_500]) {
      await using node = await real();
      await node.start(node.private_, '--no-wait');
      await sleep(ms);
      expect(await node.run('stop')).toMatchObject({ code: 0 });
      const { last_exit: exit } = await node.status();
      // Before its runtime is there it has touched nothing.
      expect([0, null]).toContain(exit?.code);
      expect(await node.start(node.private_)).toMatchObject({ code: 0 });
      expect(await node.run('restart')).toMatchObject({ code: 0 });
      expect(await node.run('stop')).toMatchObject({ code: 0 });
      expect((await node.status()).last_exit).toMatchObject({ code: 0, signal: null });
    }
  });

  it('that was killed says at its next start what that had cost', async () => {
    await using node = await real();
    expect(await node.start(node.dev)).toMatchObject({ code: 0 });
    await sleep(12_000);
    expect(await node.run('stop', '--force')).toMatchObject({ code: 0 });
    expect(await node.start(node.dev)).toMatchObject({ code: 0 });
    const status = await node.until(({ repair }) => repair !== null, 'the repair');
    expect(status['repair']).toMatchObject({ unclean_ends: 1 });
  });
});
