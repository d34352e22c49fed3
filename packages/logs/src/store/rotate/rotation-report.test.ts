import { describe, expect, it } from 'vitest';
import { notRotated, RotationAbandoned } from './rotation-report.ts';

const at = new Date(0);
const systemError = (code: string) => Object.assign(new Error(code), { code });

describe('notRotated', () => {
  it('reports a reason of ours without an error', () => {
    expect(notRotated(new RotationAbandoned('cannot-pause'), at)).toEqual({
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
    expect(notRotated(error, at)).toEqual({ rotated: false, at, reason, error });
  });

  it('makes an error of whatever else was thrown', () => {
    expect(notRotated('broken', at)).toMatchObject({
      reason: 'failed',
      error: new Error('broken'),
    });
    expect(notRotated(new Error('no code'), at)).toMatchObject({ reason: 'failed' });
  });
});
