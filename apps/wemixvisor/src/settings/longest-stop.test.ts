import { expect, it } from 'vitest';
import { longestStop } from './longest-stop.ts';
import { resolveSettings } from './resolve-settings.ts';

it.each([
  [{}, 31 * 60_000],
  [{ stopTimeout: '1h' }, 61 * 60_000],
  [{ stopTimeoutMax: '0' }, 6 * 60_000],
  [{ stopTimeout: '0' }, Infinity],
] as const)('a stop by %j takes at most %j ms', (options, longest) => {
  expect(longestStop(resolveSettings({ options, environment: {} }).settings)).toBe(longest);
});
