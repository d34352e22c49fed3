import { expect, it } from 'vitest';
import { statusOf } from '../../test/status-of.ts';
import { statusExitCode } from './status-exit-code.ts';

const up = { pid: 7, desired: 'up' } as const;

it.each([
  ['a node that runs', { ...up, state: 'running' }, 9, 0],
  ['one that starts', { ...up, state: 'starting' }, 9, 0],
  ['one that stops', { ...up, state: 'stopping' }, 9, 0],
  ['one that was stopped', { state: 'stopped' }, 9, 3],
  ['one that crashed', { state: 'crashed' }, 9, 1],
  ['one in error', { state: 'error' }, 9, 1],
  ['one that runs unwatched', { ...up, state: 'running' }, null, 2],
  ['one that crashed unwatched', { state: 'crashed' }, null, 1],
] as const)('the exit code of status for %s', (_, lifecycle, supervisor, code) => {
  expect(statusExitCode({ ...statusOf(lifecycle), supervisor_pid: supervisor })).toBe(code);
});

it('the exit code of status for a state that only a later version knows is 4', () => {
  const later = { ...statusOf({ state: 'running' }), state: 'hibernating' };
  expect(statusExitCode(later as never)).toBe(4);
});
