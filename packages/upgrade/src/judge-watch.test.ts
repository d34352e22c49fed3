import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, factsOf, planOf } from '../test/plans.ts';
import { judgeWatch } from './judge-watch.ts';

const plan = planOf();
const end = at + plan.watchMs;

describe('the watch', () => {
  it('is good at its end where the new program has shown what the old one did', () => {
    expect(judgeWatch(plan, factsOf())).toMatchObject({
      verdict: 'good',
      reason: null,
      endsAt: end,
    });
  });

  it('is open until its end, however well the new program is', () => {
    expect(judgeWatch(plan, factsOf({ now: end - 1 })).verdict).toBe('open');
  });

  it.each([
    ['an end', { ended: 'the node ended with code 1' }, 'the node ended with code 1'],
    ['another chain', { chainId: 5 }, 'its chain id is 5, not 1'],
    ['another genesis block', { genesisHash: '0x25' }, 'its genesis block is 0x25, not 0xd4'],
  ])('is bad at once for %s', (_, seen, reason) => {
    const { verdict, reason: why } = judgeWatch(plan, factsOf({ now: at + 1, ...seen }));
    expect([verdict, why]).toEqual(['bad', reason]);
  });

  it.each([
    ['it is not ready', { ready: false }],
    ['its head is 100, not past 100', { head: 100 }],
    ['its head is unknown, not past 100', { head: null }],
    ['it has no peers, the old one had 5', { peers: 0 }],
    ['it does not say its chain', { chainId: null }],
    [
      'it writes errors that the old one did not: "Bad block" and 1 more',
      { errors: ['Failed to dial', 'Bad block', 'Other'] },
    ],
  ])('is bad at its end, and not before, where %s', (reason, seen) => {
    expect(judgeWatch(plan, factsOf({ now: end - 1, ...seen })).verdict).toBe('open');
    expect(judgeWatch(plan, factsOf(seen))).toMatchObject({ verdict: 'bad', reason });
  });

  it('looks for what is missing once more, as whoever looks may have been away at its end', () => {
    const first = factsOf({ peers: 0, overdueSince: end + 5, now: end + 5 });
    expect(judgeWatch(plan, first)).toMatchObject({ verdict: 'open', endsAt: end + 60_005 });
    expect(judgeWatch(plan, { ...first, overdueSince: null }).verdict).toBe('open');
    expect(judgeWatch(plan, { ...first, now: end + 60_005 }).verdict).toBe('bad');
    expect(judgeWatch(plan, { ...first, peers: 1 }).verdict).toBe('good');
    const short = planOf({ watchMs: 1_000 });
    expect(judgeWatch(short, first)).toMatchObject({ endsAt: end + 1_005 });
  });

  it('lasts ten times as long for a node that repairs its database', () => {
    const longest = at + 10 * plan.watchMs;
    const overdueSince = longest - 60_000;
    const seen = { ready: false, repairing: true, chainId: null, overdueSince };
    const late = judgeWatch(plan, factsOf({ ...seen, now: longest - 1 }));
    expect(late).toMatchObject({ verdict: 'open', endsAt: longest });
    expect(judgeWatch(plan, factsOf({ ...seen, now: longest })).verdict).toBe('bad');
  });

  it('asks nothing of the new program that the old one did not show', () => {
    const known = { chainId: null, genesisHash: null, head: null, blockSeconds: null, peers: 0 };
    const unknown = planOf({ baseline: { ...known, errors: [] } });
    const silent = factsOf({ chainId: null, genesisHash: null, head: null, peers: null });
    expect(judgeWatch(unknown, silent).verdict).toBe('good');
    expect(judgeWatch(planOf({ baseline: null }), silent).verdict).toBe('good');
  });

  it('does not ask for a head that moves where its blocks come too rarely', () => {
    const slow = planOf({ baseline: { ...factsKnown, blockSeconds: 300 } });
    const { verdict, conditions } = judgeWatch(slow, factsOf({ head: 100 }));
    expect(verdict).toBe('good');
    expect(conditions.find(({ name }) => name === 'head')).toMatchObject({ state: 'unjudged' });
  });

  it('is never good before its end, nor while the node is down', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * plan.watchMs }),
        fc.option(fc.integer({ min: 0, max: 200 })),
        fc.option(fc.constant(at)),
        fc.option(fc.constant('the node ended')),
        (after, head, startedAt, ended) => {
          const { verdict } = judgeWatch(
            plan,
            factsOf({ now: at + after, head, startedAt, ended }),
          );
          const mayBeGood = after >= plan.watchMs && startedAt !== null && ended === null;
          if (verdict === 'good') expect(mayBeGood && (head ?? 0) > 100).toBe(true);
          if (ended !== null) expect(verdict).toBe('bad');
        },
      ),
    );
  });
});

const factsKnown = { chainId: 1, genesisHash: '0xd4', head: 100, peers: 5, errors: [] };
