import { describe, expect, it } from 'vitest';
import { notRotated, RotationAbandoned } from './rotation-report.ts';

const at = new Date(0);
const systemError = (code: string) => Object.assign(new Error(code), { code });

describe('notRotated', () => {
  it('reports a reason of ours without an error', () => {
    expect(notRotated(new RotationAbandoned('cannot-pause'), at)).toMatchObject({
      rotated: false,
      at,
      reason: 'cannot-pause',
      error: null,
    });
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EIO', 'failed'],
  ])('reports %s as %s', (code, reason) => {
    const error = systemError(code);
    expect(notRotated(error, at)).toMatchObject({ rotated: false, at, reason, error });
  });

  it('makes an error of whatever else was thrown', () => {
    expect(notRotated('broken', at)).toMatchObject({
      reason: 'failed',
      error: new Error('broken'),
    });
    expect(notRotated(new Error('no code'), at)).toMatchObject({ reason: 'failed' });
  });
});

it.each([
  [new RotationAbandoned('empty'), 'the log is empty'],
  [
    new RotationAbandoned('cannot-pause'),
    'what writes could not be paused for the last bytes: cannot-pause; nothing is lost',
  ],
  [
    new RotationAbandoned('cannot-pause', 'no shell'),
    'what writes could not be paused for the last bytes: no shell; nothing is lost',
  ],
  [new RotationAbandoned('still-writing'), 'something still writes to the log; nothing is lost'],
  [new RotationAbandoned('still-writing', 'process 5 writes'), 'process 5 writes; nothing is lost'],
  [
    Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }),
    'the disk has no room for the copy; nothing is lost',
  ],
  [new Error('EIO'), 'EIO; nothing is lost'],
])('a rotation that was not done says why: %s', (error, message) => {
  expect(notRotated(error, new Date(0)).message).toBe(message);
});
