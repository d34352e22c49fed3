import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anvil, ask, ethereumjs, gethDev, onPath } from '../harness/clients.ts';
import { installation } from '../harness/installation.ts';
import { lastArguments } from '../harness/processes.ts';

/** A way to call a node, and what it must answer if it understood. */
interface Call {
  readonly binary: string;
  readonly args: readonly string[];
  readonly rpcUrl: string;
  /** Answers by method. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** A file or folder that it must have made where an argument says. */
  readonly made: string;
}

/** One client, called in two ways: the second asks for another port and other answers. */
interface Subject {
  readonly title: string;
  readonly isPresent: boolean;
  readonly calls: (folder: string) => Promise<readonly [Call, Call]>;
}

/** All that a shell, a splitter of words or a printer could spoil. */
const odd = `a b "c" 'd' \\e $HOME \`f\` *?[g] #h;i|j&k --l=m 노드 é\u0301 🦀\tend\nof`;

const mnemonic = 'test test test test test test test test test test test junk';

const subjects: readonly Subject[] = [
  {
    title: 'anvil',
    isPresent: true,
    async calls(folder) {
      const made = join(folder, `${odd}.json`);
      const common = ['-v', '-v', '--allow-origin', '', '--mnemonic', mnemonic];
      const first = await anvil(
        ...[...common, '--config-out', made, '--chain-id=4711'],
        ...['--derivation-path', "m/44'/60'/1'/0/", '--accounts', '1'],
      );
      const second = await anvil(...common, `--config-out=${made}2`, '--chain-id', '4712', '-a=1');
      return [
        {
          ...first,
          made,
          answers: {
            eth_chainId: '0x1267',
            eth_accounts: ['0x8c8d35429f74ec245f8ef2f4fd1e551cff97d650'],
          },
        },
        {
          ...second,
          made: `${made}2`,
          answers: {
            eth_chainId: '0x1268',
            eth_accounts: ['0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'],
          },
        },
      ];
    },
  },
  {
    title: 'ethereumjs',
    isPresent: true,
    async calls(folder) {
      const call = async (data: string, coinbase: string): Promise<Call> => {
        const client = await ethereumjs(data);
        const more = [
          '--rpcDebug',
          '',
          `--minerCoinbase=${coinbase}`,
          '--rpcCors',
          `http://a "b" $HOME`,
        ];
        const answers = { eth_coinbase: coinbase, eth_chainId: '0x4f25' };
        return { ...client, args: [...client.args, ...more], answers, made: data };
      };
      return [
        await call(join(folder, odd), `0x${'11'.repeat(20)}`),
        await call(join(folder, `${odd}2`), `0x${'22'.repeat(20)}`),
      ];
    },
  },
  onDevChain('geth'),
  onDevChain('gwemix'),
];

/** A program of the geth family, where it is on PATH. */
function onDevChain(name: 'geth' | 'gwemix'): Subject {
  const binary = onPath(name);
  return {
    title: binary === undefined ? `${name} (skipped: ${name} is not on PATH)` : name,
    isPresent: binary !== undefined,
    async calls(folder) {
      const call = async (data: string, identity: string): Promise<Call> => {
        const client = await gethDev(binary ?? name, data);
        const more = ['--ipcdisable', `--identity=${identity}`, '--http.corsdomain', ''];
        const repeated = ['--verbosity', '2', '--verbosity', '3', '--http.vhosts', `a "b" $HOME`];
        const answers = { web3_clientVersion: expect.stringContaining(`/${identity}/`) as string };
        // geth itself puts the variables of its environment into a folder's name (cmd/utils, expandPath).
        const made = data.replaceAll('$HOME', folder);
        return { ...client, args: [...client.args, ...more, ...repeated], answers, made };
      };
      return [
        await call(join(folder, odd), `it's "one"`),
        await call(join(folder, `${odd}2`), 'another one'),
      ];
    },
  };
}

/** The program runs as it was called and has understood it. */
async function expectConfigured(pid: number, { args, answers, made, rpcUrl }: Call): Promise<void> {
  expect(lastArguments(pid, args)).toEqual(args);
  for (const [method, answer] of Object.entries(answers)) {
    expect([method, await ask(rpcUrl, method)]).toEqual([method, answer]);
  }
  expect(existsSync(made)).toBe(true);
}

describe.concurrent('CLI compatibility', () => {
  for (const { title, isPresent, calls } of subjects) {
    it.runIf(isPresent)(
      `gives every argument byte for byte, at a start and at a restart with others, to ${title}`,
      async () => {
        await using wemixvisor = await installation();
        const [one, other] = await calls(join(wemixvisor.home, '..'));
        const options = ['--binary', one.binary, '--min-peers', '0', '--wait-timeout', '60s'];
        expect(
          await wemixvisor.run('start', ...options, '--rpc-url', one.rpcUrl, '--', ...one.args),
        ).toMatchObject({ code: 0 });
        const first = await wemixvisor.status();
        expect(first).toMatchObject({ state: 'running' });
        await expectConfigured(first.pid, one);

        expect(
          await wemixvisor.run('restart', '--rpc-url', other.rpcUrl, '--', ...other.args),
        ).toMatchObject({ code: 0 });
        const second = await wemixvisor.status();
        expect(second).toMatchObject({ state: 'running', restarts: { operator: 1 } });
        expect(second.pid).not.toBe(first.pid);
        await expectConfigured(second.pid, other);
        await expect(ask(one.rpcUrl, 'eth_chainId')).rejects.toThrow();

        // The arguments of the last start come from a file now, not from a command line.
        expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
        expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
        await expectConfigured((await wemixvisor.status()).pid, other);
      },
    );
  }
});
