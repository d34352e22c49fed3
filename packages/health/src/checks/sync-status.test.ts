import { expect, it } from 'vitest';

import { historyOf, optionsWith, seenAt, syncingAt } from '../../test/observations.ts';
import { newHistory } from '../history.ts';
import { parseSyncing } from '../sync-report.ts';
import { checkSyncStatus } from './sync-status.ts';

const options = optionsWith({ stuckAfterMs: 10_000 });
const unknown = { healthy: null, syncing: null, highest_block: null, stuck_seconds: null };

it('is unknown before the first check, and where the node does not say', () => {
  expect(checkSyncStatus(newHistory(0), options)).toEqual({ ...unknown, current_block: null });
  const mute = historyOf(seenAt(5, { syncing: null }));
  expect(checkSyncStatus(mute, options)).toEqual({ ...unknown, current_block: 105 });
});

it('has the head for both blocks of a synced node', () => {
  expect(checkSyncStatus(historyOf(seenAt(5)), options)).toEqual({
    healthy: true,
    syncing: false,
    current_block: 105,
    highest_block: 105,
    stuck_seconds: null,
  });
});

it.each([
  [9.6, true, 10],
  [10, false, 10],
])('of a node behind for %d s is healthy: %j', (second, healthy, stuck) => {
  const behind = { syncing: syncingAt(5, 9), head: { number: 5, timestamp: 5 } };
  expect(checkSyncStatus(historyOf(seenAt(0, behind), seenAt(second, behind)), options)).toEqual({
    healthy,
    syncing: true,
    current_block: 5,
    highest_block: 9,
    stuck_seconds: stuck,
  });
});

it('is healthy at the head, however long nothing moved', () => {
  const indexing = {
    syncing: syncingAt(9, 9, { stateIndexRemaining: '0x1' }),
    head: { number: 9, timestamp: 9 },
  };
  expect(
    checkSyncStatus(historyOf(seenAt(0, indexing), seenAt(99, indexing)), options),
  ).toMatchObject({
    healthy: true,
    syncing: false,
    stuck_seconds: null,
  });
});

it('takes the head where the report hides its blocks', () => {
  const syncing = parseSyncing({ stages: [] });
  expect(checkSyncStatus(historyOf(seenAt(3, { syncing })), options)).toMatchObject({
    syncing: true,
    current_block: 103,
    highest_block: 103,
  });
});
