import { expect, it } from 'vitest';

import { parseQuantity } from './quantity.ts';
import { parseSyncing, reportIfBehind } from './sync-report.ts';

it.each([
  ['0x0', 0],
  ['0x1A', 26],
  [7, 7],
  ['12', null],
  ['0x', null],
  [-1, null],
  [1.5, null],
  [null, null],
  [`0x${'f'.repeat(64)}`, null],
])('reads the quantity %j as %j', (value, quantity) => {
  expect(parseQuantity(value)).toBe(quantity);
});

const blocks = { startingBlock: '0x0', currentBlock: '0x5', highestBlock: '0x9' };

it.each([
  ['to 1.10.13', { pulledStates: '0x1', knownStates: '0x3' }, true, false],
  ['to 1.10.13, states complete', { pulledStates: '0x3', knownStates: '0x3' }, false, false],
  ['1.10.14 and gwemix', { syncedAccounts: '0x1', healingTrienodes: '0x0' }, false, false],
  ['1.10.14 while healing', { healingTrienodes: '0x0', healingBytecode: '0x2' }, true, false],
  ['1.13.11', { txIndexFinishedBlocks: '0x1', txIndexRemainingBlocks: '0x2' }, false, true],
  ['1.16.0', { stateIndexRemaining: '0x2' }, false, true],
  ['1.17.3', { trienodeIndexRemaining: '0x2' }, false, true],
  ['1.17.4', { syncedAccessLists: '0x1', trieGenProgress: '0x1' }, false, false],
])('reads eth_syncing of %s', (_release, more, healing, indexing) => {
  expect(parseSyncing({ ...blocks, ...more })).toMatchObject({
    currentBlock: 5,
    highestBlock: 9,
    healing,
    indexing,
  });
});

it.each([null, true, 'no', 0, [], undefined])('does not understand %j', (value) => {
  expect(parseSyncing(value)).toBeNull();
});

it('does not count a moving target as progress', () => {
  const before = parseSyncing(blocks);
  const after = parseSyncing({ ...blocks, highestBlock: '0xff' });
  expect(before && after && before.counters === after.counters).toBe(true);
});

it('takes a report that hides its numbers at its word', () => {
  const hidden = parseSyncing({ stages: [] });
  expect(reportIfBehind(hidden)).toBe(hidden);
  expect(reportIfBehind(parseSyncing({ stateIndexRemaining: '0x1' }))).toBeNull();
  expect(reportIfBehind(false)).toBeNull();
  expect(reportIfBehind(null)).toBeNull();
});
