import { describe, expect, it } from 'vitest';

import { historyOf, seenAt, silenceAt, syncingAt } from '../test/observations.ts';
import { forgiveSleep, newHistory, recordObservation } from './history.ts';

const syncedTo = (second: number, block: number) =>
  seenAt(second, { syncing: syncingAt(block, 900), head: { number: 0, timestamp: 0 } });

it('begins at the start of the process, with nothing seen', () => {
  expect(newHistory(7)).toEqual({
    startedAt: 7,
    expected: false,
    answered: false,
    repairing: false,
    stranger: null,
    stopping: false,
    failures: 0,
    last: null,
    lastAnswer: null,
    progressAt: 7,
    headMovedAt: 7,
    heads: [],
    identity: null,
    syncSamples: [],
    joined: false,
    madeBlocks: false,
  });
});

describe('a failed check', () => {
  it('counts only after the first answer', () => {
    expect(historyOf(silenceAt(1), silenceAt(2)).failures).toBe(0);
    expect(historyOf(silenceAt(1), seenAt(2), silenceAt(3), silenceAt(4)).failures).toBe(2);
  });

  it('keeps what the last answer said', () => {
    const [answer, silence] = [seenAt(1), silenceAt(2)];
    expect(historyOf(answer, silence)).toMatchObject({ last: silence, lastAnswer: answer });
  });
});

describe('an answer', () => {
  it('ends the repair of the database', () => {
    const repairing = { ...newHistory(0), repairing: true };
    expect(recordObservation(repairing, silenceAt(1)).repairing).toBe(true);
    expect(recordObservation(repairing, seenAt(1)).repairing).toBe(false);
  });

  it('without a head moves nothing', () => {
    const before = historyOf(seenAt(1));
    const after = recordObservation(before, seenAt(5, { head: null }));
    expect(after).toMatchObject({ heads: before.heads, headMovedAt: 1_000 });
  });

  it('with the same head is no move of the head', () => {
    const head = { number: 5, timestamp: 5 };
    expect(historyOf(seenAt(1, { head }), seenAt(2, { head }))).toMatchObject({
      heads: [head],
      headMovedAt: 1_000,
    });
  });

  it('with a lower head forgets the heads before', () => {
    const [high, low] = [
      { number: 9, timestamp: 9 },
      { number: 8, timestamp: 10 },
    ];
    const history = historyOf(seenAt(1, { head: high }), seenAt(2, { head: low }));
    expect(history).toMatchObject({ heads: [low], headMovedAt: 2_000 });
  });

  it('keeps the newest 32 heads', () => {
    const seconds = Array.from({ length: 40 }, (_, second) => second);
    const numbers = historyOf(...seconds.map((second) => seenAt(second))).heads;
    expect(numbers.map(({ number }) => number)).toEqual(seconds.slice(8).map((n) => n + 100));
  });

  it('that is not behind is progress', () => {
    const head = { number: 5, timestamp: 5 };
    const still = historyOf(seenAt(1, { head }), seenAt(2, { head }));
    expect(still.progressAt).toBe(2_000);
  });

  it('that is behind is progress only when a counter moved', () => {
    expect(historyOf(syncedTo(1, 5), syncedTo(2, 5)).progressAt).toBe(1_000);
    expect(historyOf(syncedTo(1, 5), syncedTo(2, 6)).progressAt).toBe(2_000);
    expect(historyOf(syncedTo(1, 5), silenceAt(2), syncedTo(3, 5)).progressAt).toBe(1_000);
  });
});

describe('the samples of a sync', () => {
  it('are the newest 20', () => {
    const seconds = Array.from({ length: 25 }, (_, second) => second);
    const { syncSamples } = historyOf(...seconds.map((second) => syncedTo(second, second)));
    expect(syncSamples).toEqual(
      seconds.slice(5).map((second) => ({ at: second * 1_000, block: second })),
    );
  });

  it('begin anew where the sync goes back', () => {
    expect(historyOf(syncedTo(1, 5), syncedTo(2, 5), syncedTo(3, 4)).syncSamples).toEqual([
      { at: 3_000, block: 4 },
    ]);
    expect(historyOf(syncedTo(1, 5), syncedTo(2, 5)).syncSamples).toHaveLength(2);
  });

  it('end with the sync', () => {
    expect(historyOf(syncedTo(1, 5), seenAt(2)).syncSamples).toEqual([]);
  });
});

it('begins its ages and failures anew after a sleep', () => {
  const history = historyOf(syncedTo(1, 5), silenceAt(2));
  expect(forgiveSleep(history, 99_000)).toEqual({
    ...history,
    failures: 0,
    progressAt: 99_000,
    headMovedAt: 99_000,
    syncSamples: [],
  });
});

it('keeps what the node said of itself through checks that do not ask', () => {
  const identity = { clientVersion: null, chainId: 5 };
  const history = historyOf(seenAt(1, { identity }), seenAt(2), silenceAt(3));
  expect(history.identity).toEqual(identity);
});
