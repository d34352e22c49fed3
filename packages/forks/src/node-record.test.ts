import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answered, nodeIdOf, recordOf } from '../test/records.ts';
import { decodeNodeRecord } from './node-record.ts';

const content = { node: 1, hash: '8b51a7f5', next: 1_797_800_000 };

describe('a node record', () => {
  it('of the example in EIP-778 is signed by its node, and says nothing of a chain', () => {
    const example =
      'enr:-IS4QHCYrYZbAKWCBRlAy5zzaDZXJBGkcnh4MHcBFZntXNFrdvJjX04jRzjzCBOonrkTfj499SZuOh8R33Ls8RRcy5wBgmlkgnY0gmlwhH8AAAGJc2VjcDI1NmsxoQPKY0yuDUmstAHYpMa2_oxVtw0RW_QAdpzBQA8yWM0xOIN1ZHCCdl8';
    expect(decodeNodeRecord(example)).toEqual({
      problem: null,
      record: {
        nodeId: 'a448f24c6d18e575453db13171562b71999873db5b286df957af199ec94617f7',
        forkId: null,
      },
    });
  });

  it.each([
    ['geth-1.17.5-private-node-info', { hash: '8b51a7f5', next: 0 }],
    ['geth-1.17.5-hoodi-node-info', { hash: 'bef71d30', next: 1_742_999_832 }],
    ['geth-1.16.9-sepolia-node-info', { hash: 'fe3366e7', next: 1_735_371 }],
    ['gwemix-0.10.9-first-start-node-info', { hash: '890e0098', next: 0 }],
    ['gwemix-0.10.9-second-start-node-info', { hash: '890e0098', next: 20_476_911 }],
  ])('of a real node, %s, says where it is on its chain', (name, forkId) => {
    const { enr } = answered(name) as { enr: string };
    expect(decodeNodeRecord(enr).record?.forkId).toEqual(forkId);
  });

  it('made by these tests is read as the real ones are', () => {
    expect(decodeNodeRecord(recordOf(content))).toEqual({
      problem: null,
      record: { nodeId: nodeIdOf(1), forkId: { hash: '8b51a7f5', next: 1_797_800_000 } },
    });
  });

  it('is refused where another key signed it', () => {
    expect(decodeNodeRecord(recordOf({ ...content, signedBy: 2 })).problem).toBe('signature');
  });

  it('is refused where its scheme is another one', () => {
    expect(decodeNodeRecord(recordOf({ ...content, scheme: 'v5' })).problem).toBe('scheme');
  });

  it('is refused with any bit of it changed', () => {
    const bytes = Buffer.from(recordOf(content).slice(4), 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const forged = Buffer.from(bytes);
        forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(decodeNodeRecord(`enr:${forged.toString('base64url')}`).record).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it('is never more than unreadable, whatever the text is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 320 }), (bytes) => {
        const text = `enr:${Buffer.from(bytes).toString('base64url')}`;
        expect(decodeNodeRecord(text).record).toBeNull();
      }),
    );
    for (const text of [
      '',
      'enr:',
      'enode://00@127.0.0.1:1',
      'enr:_____',
      `enr:${'A'.repeat(9e5)}`,
    ])
      expect(decodeNodeRecord(text).problem).toBe('unreadable');
  });
});
