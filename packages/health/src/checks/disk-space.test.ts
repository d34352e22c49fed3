import { expect, it } from 'vitest';

import { historyOf, optionsWith, seenAt } from '../../test/observations.ts';
import { newHistory } from '../history.ts';
import { checkDiskSpace } from './disk-space.ts';

const watched = optionsWith({ dataDirectory: '/data', minimumFreeDiskBytes: 1_000 });

it.each([
  [2_000, true],
  [1_999, false],
  [null, null],
])('finds %j free bytes of twice 1000: %j', (freeDiskBytes, healthy) => {
  expect(checkDiskSpace(historyOf(seenAt(0, { freeDiskBytes })), watched)).toEqual({
    healthy,
    free_bytes: freeDiskBytes,
    min_required_bytes: 2_000,
  });
});

it('is unknown before the first check', () => {
  expect(checkDiskSpace(newHistory(0), watched)).toMatchObject({ healthy: null, free_bytes: null });
});

it.each([
  [{ dataDirectory: null, minimumFreeDiskBytes: 1_000 }],
  [{ dataDirectory: '/data', minimumFreeDiskBytes: null }],
  [{ dataDirectory: '/data', minimumFreeDiskBytes: 0 }],
])('is absent with %j', (options) => {
  expect(checkDiskSpace(historyOf(seenAt(0)), optionsWith(options))).toBeNull();
});
