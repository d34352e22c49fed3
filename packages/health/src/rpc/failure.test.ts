import { expect, it } from 'vitest';

import { connectionFailure } from './failure.ts';

it.each([
  ['ECONNREFUSED', 'unreachable', 'nothing listens at here'],
  ['ENOENT', 'unreachable', 'there is no socket at here'],
  ['EACCES', 'rejected', 'no permission to connect to here'],
  ['EPERM', 'rejected', 'no permission to connect to here'],
  ['ECONNRESET', 'unreachable', 'here broke the connection'],
  ['EPIPE', 'unreachable', 'here broke the connection'],
  ['ENOTFOUND', 'unreachable', 'no connection to here (ENOTFOUND)'],
])('says what %s means', (code, cause, why) => {
  const error = Object.assign(new Error('secret detail'), { code });
  expect(connectionFailure(error, 'here')).toEqual({ kind: 'failed', cause, why });
});

it('needs no code to say something', () => {
  expect(connectionFailure('odd', 'here').why).toBe('no connection to here');
});
