import { describe, expect, it } from 'vitest';
import { rotateReply } from './rotate-reply.ts';

const at = new Date(0);

describe('rotateReply', () => {
  it('tells what was done', () => {
    const report = { rotated: true, at, segment: '/l/node-1.log', bytes: 7, pauseMs: 1.5 } as const;
    expect(rotateReply(report)).toEqual({
      rotated: true,
      segment: '/l/node-1.log',
      bytes: 7,
      pause_ms: 1.5,
    });
  });

  it('says why nothing was rotated', () => {
    const report = {
      rotated: false,
      at,
      reason: 'empty',
      error: null,
      message: 'it is empty',
    } as const;
    expect(rotateReply(report)).toEqual({ rotated: false, reason: 'it is empty' });
  });
});
