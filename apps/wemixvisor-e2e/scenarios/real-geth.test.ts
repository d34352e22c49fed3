import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { everyOnPath } from '../harness/clients.ts';
import { installation, type Status } from '../harness/installation.ts';
import { until } from '../harness/until.ts';

/** A geth or gwemix of this machine. */
interface Release {
  readonly name: string;
  readonly binary: string;
  readonly version: string;
}

/** Every geth and gwemix in a folder of PATH. */
const releases: readonly Release[] = ['geth', 'gwemix'].flatMap((name) =>
  everyOnPath(name).flatMap((binary) => {
    const said = execFileSync(binary, ['version'], { encoding: 'utf8' });
    const [, version] = /^Version: (\d+\.\d+\.\d+)/m.exec(said) ?? [];
    return version === undefined ? [] : [{ name, binary, version }];
  }),
);
const absent: Release = { name: 'geth', binary: '', version: '(skipped: none is on PATH)' };

/** Whether a release of geth is another one or later; gwemix is as old as its numbers. */
function isAtLeast({ version }: Release, limit: string): boolean {
  const [a = [], b = []] = [version, limit].map((one) => one.split('.').map(Number));
  const at = a.findIndex((number, place) => number !== b[place]);
  return at < 0 || (a[at] ?? 0) > (b[at] ?? 0);
}

/** A home with a real geth: its data directory, and how it is started, alone and on loopback. */
async function real({ binary }: Release) {
  const wemixvisor = await installation();
  const data = join(wemixvisor.home, '..', 'data');
  const alone = ['--datadir', data, '--nodiscover', '--maxpeers', '0', '--port', '0'];
  const private_ = [...alone, '--networkid', '1337', '--syncmode', 'full', '--authrpc.port', '0'];
  /** A block each second, whose state is in memory for a while. */
  const dev = ['--datadir', data, '--dev', '--dev.period', '1'];
  const start = (node: readonly string[], ...options: readonly string[]) =>
    wemixvisor.run(
      'start',
      '--binary',
      binary,
      '--restart-delay',
      '100ms',
      ...options,
      '--',
      ...node,
    );
  return {
    ...wemixvisor,
    data,
    database: join(data, 'geth/chaindata'),
    alone,
    private_,
    dev,
    start,
    until: (fits: (status: Status) => boolean, what: string) => until(wemixvisor, fits, what),
    /** The cause of the last end, with the state and the restarts that came of it. */
    async outcome() {
      const status = await wemixvisor.status();
      const { state, restart_count: restarts } = status;
      return { cause: diagnosisOf(status)?.cause, state, restarts };
    },
    [Symbol.asyncDispose]: () => wemixvisor[Symbol.asyncDispose](),
  };
}

const diagnosisOf = ({ last_exit: exit }: Status) =>
  (exit as { readonly diagnosis?: { readonly cause: string; readonly class: string } } | null)
    ?.diagnosis;

/** What `forks --json` prints. */
interface Forks {
  readonly forks: readonly { readonly name: string | null; readonly sources: readonly string[] }[];
  readonly missing: { readonly name: string | null } | null;
}

/** A cause, and the words of the command line that lead to it. */
type Mistake = [cause: string, words: (data: string) => readonly string[]];

const badSecret: Mistake = ['bad-jwt-secret', (data) => ['--authrpc.jwtsecret', `${data}.jwt`]];

/** A port, and the options that end with it. */
type Listening = [port: string, options: readonly string[]];

const engine: Listening = ['authrpc', ['--authrpc.port']];

/** What is damaged, from which release on that cannot be mended, where it is, and how many bytes of it are left. */
type Damage = [what: string, since: string, folder: string, file: RegExp, bytes: number];

const damageSince: readonly Damage[] = [
  // LevelDB mends a manifest that is cut.
  ['its manifest', '1.12.0', '', /^MANIFEST-/, 3],
  ['its write-ahead log', '1.16.0', '', /\.log$/, 40],
  ['an index of the old blocks', '1.10.22', 'ancient/chain', /^headers\.cidx$/, 4],
];

const inError = (cause: string) => ({ cause, state: 'error', restarts: 0 });

describe.runIf(releases.length > 0).concurrent.each(releases.length === 0 ? [absent] : releases)(
  'a real $name $version',
  (release) => {
    // A chain of gwemix is not driven by a consensus client.
    const hasEngine = release.name === 'geth';
    it.each<Mistake>([
      ['unknown-flag', () => ['--metricz']],
      ['bad-value', () => ['--maxpeers', 'many']],
      [
        'exclusive-flags',
        () => ['--sepolia', isAtLeast(release, '1.12.1') ? '--holesky' : '--goerli'],
      ],
      ['stray-word', () => ['strat']],
      ['bad-config-file', (data) => ['--config', `${data}.toml`]],
      ...(hasEngine ? [badSecret] : []),
    ])('that ends by %s is in error at once, and nothing is tried again', async (cause, words) => {
      await using node = await real(release);
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
      await using node = await real(release);
      const file = `${node.data}.toml`;
      writeFileSync(
        file,
        execFileSync(release.binary, ['dumpconfig'], { stdio: ['ignore', 'pipe', 'ignore'] }),
      );
      const doctor = () =>
        node.run('doctor', '--binary', release.binary, '--', ...node.dev, '--config', file);
      expect((await doctor()).stdout).not.toContain('is no key of');
      writeFileSync(file, '[Eth]\nNetworkID = 5\n');
      expect((await doctor()).stdout).toContain('Eth.NetworkID is no key of');
      expect(await node.start([...node.dev, '--config', file])).toMatchObject({ code: 1 });
      expect(diagnosisOf(await node.status())).toMatchObject({ cause: 'bad-config-file' });
    });

    it.runIf(release.name === 'gwemix' || isAtLeast(release, '1.15.6'))(
      'tells its hard forks itself and in its log, and they are those of the table',
      async () => {
        await using node = await real(release);
        const isWemix = release.name === 'gwemix';
        const hoodi = ['--hoodi', '--authrpc.port', '0'];
        await node.start([...node.alone, ...(isWemix ? [] : hoodi)]);
        const look = async () => JSON.parse((await node.run('forks', '--json')).stdout) as Forks;
        if (isWemix) {
          // It takes the forks of its release at its second start.
          expect((await look()).missing?.name).toBe('Applepie');
          await node.run('restart');
        }
        const told = ({ forks }: Forks, by: string) =>
          forks.filter(({ sources }) => sources.includes(by)).map(({ name }) => name);
        const up = await look();
        expect(up).toMatchObject({ running: true, missing: null });
        expect(told(up, 'node')).toEqual(told(up, 'releases'));
        expect(told(up, 'node').length).toBeGreaterThan(0);
        await node.run('stop');
        const down = await look();
        expect(down).toMatchObject({ running: false, missing: null });
        expect(told(down, 'log')).toEqual(told(up, 'node'));
      },
    );

    it('that finds another chain is in error at once', async () => {
      await using node = await real(release);
      expect(await node.start(node.dev)).toMatchObject({ code: 0 });
      expect(await node.run('stop')).toMatchObject({ code: 0 });
      const other = [...node.alone, '--sepolia', '--authrpc.port', '0'];
      expect(await node.start(other)).toMatchObject({ code: 1 });
      expect(await node.outcome()).toEqual(inError('wrong-genesis'));
    });

    it.runIf(isAtLeast(release, '1.13.0'))(
      'that finds another state scheme is in error at once',
      async () => {
        await using node = await real(release);
        expect(await node.start([...node.dev, '--state.scheme', 'path'])).toMatchObject({
          code: 0,
        });
        expect(await node.run('stop')).toMatchObject({ code: 0 });
        expect(await node.start([...node.dev, '--state.scheme', 'hash'])).toMatchObject({
          code: 1,
        });
        expect(await node.outcome()).toEqual(inError('state-scheme-differs'));
      },
    );

    it.runIf(isAtLeast(release, '1.12.0'))(
      'that finds another database engine is in error at once',
      async () => {
        await using node = await real(release);
        expect(await node.start(node.dev)).toMatchObject({ code: 0 });
        expect(await node.run('stop')).toMatchObject({ code: 0 });
        const { stderr, code } = await node.start([...node.dev, '--db.engine', 'leveldb']);
        expect(stderr).toContain('is a pebble database, and --db.engine asks for leveldb');
        expect(code).toBe(1);
        expect(await node.outcome()).toEqual(inError('database-engine-differs'));
      },
    );

    const damages = damageSince.filter(([, since]) => isAtLeast(release, since));
    it.each(damages)('that finds %s damaged is in error at once', async (...damage) => {
      const [, , folder, file, bytes] = damage;
      await using node = await real(release);
      expect(await node.start(node.dev)).toMatchObject({ code: 0 });
      expect(await node.run('stop')).toMatchObject({ code: 0 });
      const place = join(node.database, folder);
      for (const name of readdirSync(place).filter((each) => file.test(each))) {
        truncateSync(join(place, name), bytes);
      }
      expect(await node.start(node.dev)).toMatchObject({ code: 1 });
      expect(await node.outcome()).toEqual(inError('database-damaged'));
    });

    it('that finds too little room ends by itself, and is held until there is more', async () => {
      await using node = await real(release);
      await node.start([...node.private_, '--datadir.minfreedisk', '99999999']);
      const held = await node.until(({ state }) => state === 'crashed', 'a node that waits');
      expect(diagnosisOf(held)).toMatchObject({ cause: 'low-disk', class: 'hold' });
      const { restart_count: restarts, last_exit: exit, next_action: next } = held;
      expect({ restarts, exit, next }).toMatchObject({ restarts: 0, next: { what: 'check' } });
    });

    it('that gets no memory is told so, and tried up to the limit', async () => {
      await using node = await real(release);
      const limited = join(node.home, '..', 'geth-limited');
      const script = `#!/bin/sh\nulimit -v 700000\nexec '${release.binary}' "$@"\n`;
      writeFileSync(limited, script, { mode: 0o755 });
      const limits = ['--binary', limited, '--max-restarts', '1'];
      expect(await node.start(node.dev, ...limits)).toMatchObject({ code: 1 });
      const status = await node.until(({ state }) => state === 'error', 'the limit');
      expect(diagnosisOf(status)).toMatchObject({ cause: 'out-of-memory', class: 'retry' });
    });

    const older = releases.find(
      (other) => other.name === release.name && !isAtLeast(other, '1.15.0'),
    );
    it.runIf(isAtLeast(release, '1.15.0') && older !== undefined)(
      'goes on where a release that cannot read its data directory is asked for',
      async () => {
        await using node = await real(release);
        expect(await node.start(node.dev)).toMatchObject({ code: 0 });
        const { pid } = await node.status();
        const refused = await node.run('restart', '--binary', older?.binary ?? '');
        expect(refused.code).toBe(64);
        expect(refused.stderr).toContain('which this release cannot read');
        expect(await node.status()).toMatchObject({ state: 'running', pid });
      },
    );

    it('that finds its data directory locked waits for the holder, and starts by itself', async () => {
      await using node = await real(release);
      mkdirSync(node.data);
      const holder = spawn(release.binary, node.private_, { stdio: ['ignore', 'ignore', 'pipe'] });
      const ended = once(holder, 'exit');
      let said = '';
      holder.stderr.on('data', (text: Buffer) => (said += text.toString()));
      await waitFor(() => said.includes('Starting peer-to-peer node'), { what: 'the holder' });
      const begun = node.start(node.private_);
      const held = await node.until((status) => status.state === 'crashed', 'a start that waits');
      const diagnosis = { cause: 'data-directory-locked', class: 'hold' };
      expect(held).toMatchObject({ last_exit: { diagnosis } });
      expect(held['reason']).toContain(`(pid ${holder.pid})`);
      await begun;
      holder.kill('SIGKILL');
      await ended;
      const up = await node.until(({ state }) => state === 'running', 'it');
      expect(up).toMatchObject({ restart_count: 1 });
    });

    it.runIf(!isAtLeast(release, '1.14.0'))(
      'that gets a wrong password for an account is in error at once',
      async () => {
        await using node = await real(release);
        const file = join(node.home, '..', 'password');
        writeFileSync(file, 'right\n');
        const made = ['--datadir', node.data, '--lightkdf', 'account', 'new', '--password', file];
        const said = execFileSync(release.binary, made, { encoding: 'utf8' });
        const [address = ''] = /0x[0-9a-fA-F]{40}/.exec(said) ?? [];
        writeFileSync(file, 'wrong\n');
        const unlock = ['--unlock', address, '--password', file];
        // It looks at the account when it already answers.
        await node.start([...node.private_, ...unlock]);
        await node.until(({ state }) => state === 'error', 'the end');
        expect(await node.outcome()).toEqual(inError('wrong-password'));
      },
    );

    it.each<Listening>([
      ['http', ['--http', '--http.port']],
      ['ws', ['--ws', '--ws.port']],
      ...(hasEngine ? [engine] : []),
      ['p2p', ['--port']],
    ])(
      'that finds its port of %s taken names who has it, and starts once it is free',
      async (_, options) => {
        await using node = await real(release);
        const server = createServer().listen(0, '127.0.0.1');
        await once(server, 'listening');
        const { port } = server.address() as AddressInfo;
        await node.start([...node.private_, ...options, `${port}`]);
        const held = await node.until(
          ({ state, next_action: next }) =>
            state === 'crashed' && JSON.stringify(next).includes('check'),
          'a start that waits',
        );
        expect(diagnosisOf(held)?.cause).toBe('port-taken');
        expect(held['reason']).toContain(`(pid ${process.pid})`);
        server.close();
        await node.until(({ state }) => state === 'running', 'it');
      },
    );

    it('that takes no peers is well without any', async () => {
      await using node = await real(release);
      for (const args of [node.dev, node.private_]) {
        expect(await node.start(args)).toMatchObject({ code: 0 });
        const { health } = await node.until(
          (now) => now.health?.checks['peer_count']?.['peers'] === 0,
          'the peers that it has',
        );
        expect(health).toMatchObject({ healthy: true, checks: { peer_count: { healthy: true } } });
        expect(await node.run('stop')).toMatchObject({ code: 0 });
      }
    });

    it('that somebody ends by SIGTERM is not called crashed', async () => {
      await using node = await real(release);
      await node.start(node.private_);
      signalProcess((await node.status()).pid, 'SIGTERM');
      const status = await node.until(({ state }) => state === 'stopped', 'the end');
      expect(diagnosisOf(status)?.cause).toBe('signal-from-elsewhere');
      expect(status.last_exit).toMatchObject({ code: 0 });
    });

    it('that crashes is told by the first line of its dump, and restarted', async () => {
      await using node = await real(release);
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
        await using node = await real(release);
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
      await using node = await real(release);
      expect(await node.start(node.dev)).toMatchObject({ code: 0 });
      await sleep(12_000);
      expect(await node.run('stop', '--force')).toMatchObject({ code: 0 });
      expect(await node.start(node.dev)).toMatchObject({ code: 0 });
      const status = await node.until(({ repair }) => repair !== null, 'the repair');
      expect(status['repair']).toMatchObject({ unclean_ends: 1 });
    });
  },
);
