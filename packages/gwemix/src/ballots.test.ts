import { describe, expect, it } from 'vitest';
import { recordedAnswers as recorded, type RecordedAnswer } from '@wemixvisor/testkit';
import { answering } from '../test/recorded.ts';
import { readBallots } from './ballots.ts';
import { observeMembers } from './members.ts';

const calls = recorded('three-members');
const batch = answering(calls);

async function members() {
  const found = await observeMembers(batch);
  if (found === null) throw new Error('no members');
  return found;
}

/** The same answers with one word of some of them replaced. */
function withWord(selector: string, at: number, word: string): readonly RecordedAnswer[] {
  return calls.map((call) => {
    const [to] = call.params as readonly { readonly data?: string }[];
    if (call.outcome.kind !== 'ok' || !to?.data?.startsWith(selector)) return call;
    const value = String(call.outcome.value);
    const from = 2 + at * 64;
    const changed = value.slice(0, from) + word.padStart(64, '0') + value.slice(from + 64);
    return { ...call, outcome: { kind: 'ok', value: changed } };
  });
}

describe('the ballots of the governance', () => {
  it('are read from the contracts, newest first', async () => {
    expect(await readBallots(batch, await members())).toEqual([
      expect.objectContaining({
        id: 2,
        type: 'setting-change',
        state: 'ready',
        memo: 'hello',
        subject: 'blockCreationTime = 2000',
        startedAt: null,
        duration: 86_400,
        waitsForUs: true,
        removesUs: false,
      }),
      {
        id: 1,
        type: 'member-removal',
        state: 'in-progress',
        creator: '0x8f5916f745d8504d906fff194431466d85c502e1',
        memo: 'memo',
        startedAt: 1_795_940_890,
        endsAt: 1_796_027_290,
        duration: 86_400,
        voters: 1,
        accepts: 3333,
        rejects: 0,
        subject: '0x07115491226d10f9c726d7693eb9e2837d6aab72',
        voted: false,
        waitsForUs: true,
        removesUs: true,
      },
    ]);
  });

  it('wait for nobody once this member has voted, or they are decided', async () => {
    const voted = answering(withWord('0xf680e555', 0, '1'));
    expect(await readBallots(voted, await members())).toMatchObject([
      { voted: true, waitsForUs: false },
      { voted: true, waitsForUs: false, removesUs: true },
    ]);
    const rejected = answering(withWord('0x02b385fb', 8, '4'));
    expect(await readBallots(rejected, await members())).toMatchObject([
      { state: 'rejected', waitsForUs: false },
      { state: 'rejected', waitsForUs: false, removesUs: false },
    ]);
  });

  it.each([
    ['1', 'member-add'],
    ['3', 'member-change'],
    ['4', 'governance-change'],
    ['6', 'execute'],
    ['9', 'unknown'],
  ])('of type %s is a %s', async (number, type) => {
    const other = answering(withWord('0x02b385fb', 2, number));
    expect((await readBallots(other, await members()))?.[0]).toMatchObject({ type });
  });

  it('are unknown where no contract answers, and where no member says which', async () => {
    expect(await readBallots(answering([]), await members())).toBeNull();
    const nobody = { registry: null, governance: null, address: null };
    expect(await readBallots(batch, nobody)).toBeNull();
  });

  it('say of nobody that he has voted where the node is no member', async () => {
    const { registry, governance } = await members();
    const ballots = await readBallots(batch, { registry, governance, address: null });
    expect(ballots).toMatchObject([
      { voted: null, waitsForUs: false },
      { voted: null, removesUs: false },
    ]);
  });
});
