import { describe, expect, it } from 'vitest';
import { askAboutForks, type AskingClient } from './ask-about-forks.ts';

/** A node that answers what it has, and notes what it was asked. */
function nodeWith(answers: Readonly<Record<string, unknown>>, blockSeconds = 1) {
  const asked: string[] = [];
  const client: AskingClient = {
    batch: (calls) =>
      Promise.resolve(
        calls.map(({ method, params: [at] = [] }) => {
          asked.push(method);
          if (method === 'eth_getBlockByNumber' && 'head' in answers) {
            const number = at === 'latest' ? Number(answers['head']) : Number(at);
            const timestamp = `0x${(1_700_000_000 + number * blockSeconds).toString(16)}`;
            const hash = `0x${'ab'.repeat(32)}`;
            return {
              kind: 'ok' as const,
              value: { number: `0x${number.toString(16)}`, timestamp, hash },
            };
          }
          return method in answers
            ? { kind: 'ok' as const, value: answers[method] }
            : { kind: 'unknown' as const, why: 'no such method' };
        }),
      ),
  };
  return { client, asked };
}

describe('what a node is asked', () => {
  it('is its configuration, its peers, and three headers for the pace of its chain', async () => {
    const { client } = nodeWith({ head: 100_000, admin_nodeInfo: { id: 1 }, admin_peers: [] });
    const answers = await askAboutForks(client, { admin: true });
    expect(answers).toMatchObject({ nodeInfo: { id: 1 }, peers: [], clientVersion: null });
    expect(answers.blocks?.map(({ number }) => number)).toEqual([100_000, 80_000, 60_000]);
    expect(answers.genesis).toEqual({ hash: `0x${'ab'.repeat(32)}`, timestamp: 1_700_000_000 });
    expect(answers.silent).toEqual({
      eth_config: 'not offered: geth offers eth_config from 1.16.3 on',
    });
  });

  it('is nothing of its peers where it is the node of somebody else', async () => {
    const { client, asked } = nodeWith({ head: 100_000 });
    const { blocks, silent } = await askAboutForks(client, { admin: false });
    expect(asked.filter((method) => method.startsWith('admin'))).toEqual([]);
    expect([blocks, silent.peers]).toEqual([[], undefined]);
  });

  it.each([0, 1, 2])('is no pace where the head is at block %i', async (head) => {
    const answers = await askAboutForks(nodeWith({ head }).client, { admin: true });
    expect(answers.blocks).toHaveLength(1);
  });

  it('is left out where it answers nonsense', async () => {
    const { client } = nodeWith({
      eth_getBlockByNumber: { number: 7, hash: 'x' },
      web3_clientVersion: 1,
    });
    expect(await askAboutForks(client, { admin: true })).toMatchObject({
      ...{ genesis: null, blocks: [], clientVersion: null },
    });
  });
});
