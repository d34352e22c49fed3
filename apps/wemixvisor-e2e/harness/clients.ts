import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fakeGeth, freePort } from '@wemixvisor/testkit';
import * as devChain from '../../../tools/demo/dev-chain.mjs';

/** Where a program is on PATH: the first, and all there are. */
export const { everyOnPath, onPath } = devChain;

/** A node that the scenarios supervise: its program, its arguments and where it answers. */
export interface Client {
  readonly binary: string;
  readonly args: readonly string[];
  readonly rpcUrl: string;
}

const require = createRequire(import.meta.url);

/** anvil's own program, not the script that would stand between it and its signals: of the present release, or of one before. */
export function anvilBinary(release: 'present' | 'before' = 'present'): string {
  const wrapper = {
    present: () => require.resolve('@foundry-rs/anvil/package.json'),
    before: () => require.resolve('anvil-before/package.json'),
  }[release]();
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const native = `@foundry-rs/anvil-${process.platform}-${architecture}/package.json`;
  return join(dirname(createRequire(wrapper).resolve(native)), 'bin/anvil');
}

/** anvil with a block every second; its peers cannot be counted (it has no net_peerCount). */
export async function anvil(...more: readonly string[]): Promise<Client> {
  const port = await freePort();
  return {
    binary: anvilBinary(),
    args: ['--port', `${port}`, '--block-time', '1', ...more],
    rpcUrl: `http://127.0.0.1:${port}`,
  };
}

/** The client from npm, alone on a chain of its own, sealing a block every two seconds. It takes 8 s to stop. */
export async function ethereumjs(dataDirectory: string, follows?: string): Promise<Client> {
  return devChain.ethereumjs({
    data: dataDirectory,
    rpcPort: await freePort(),
    p2pPort: await freePort(),
    ...(follows !== undefined && { follows }),
  });
}

/** geth, alone on its developers' chain, sealing a block every two seconds. */
export async function gethDev(binary: string, dataDirectory: string): Promise<Client> {
  return devChain.gethDev({ binary, data: dataDirectory, rpcPort: await freePort() });
}

/** The scriptable stand-in for geth, with its data in a folder; it is ready within a few milliseconds. */
export async function fake(
  dataDirectory: string,
  ...more: readonly string[]
): Promise<Client & { readonly dataDirectory: string }> {
  const port = await freePort();
  return {
    binary: fakeGeth,
    args: [
      ...['--datadir', dataDirectory, '--ipcdisable', '--http', '--http.port', `${port}`],
      ...more,
    ],
    rpcUrl: `http://127.0.0.1:${port}`,
    dataDirectory,
  };
}

/** Asks a node something over HTTP; what it refuses is undefined. */
export async function ask(
  rpcUrl: string,
  method: string,
  ...params: readonly unknown[]
): Promise<unknown> {
  const answer = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return ((await answer.json()) as { result: unknown }).result;
}

/** The number of a node's newest block. */
export async function headOf(rpcUrl: string): Promise<number> {
  return Number(await ask(rpcUrl, 'eth_blockNumber'));
}

/** The hash of a block, which has the time of its making in it: it tells one dev chain from the next. */
export async function hashOf(rpcUrl: string, block: number): Promise<string> {
  const found = await ask(rpcUrl, 'eth_getBlockByNumber', `0x${block.toString(16)}`, false);
  return (found as { readonly hash: string }).hash;
}
