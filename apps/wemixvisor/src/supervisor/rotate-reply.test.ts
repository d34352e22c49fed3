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

  it.each([
    ['empty', null, 'is empty'],
    ['cannot-pause', null, 'could not be paused'],
    ['still-writing', null, 'still writes'],
    ['disk-full', null, 'no room'],
    ['failed', new Error('EIO'), 'EIO; nothing is lost'],
    ['failed', null, 'the system refused; nothing is lost'],
    ['cannot-pause', null, 'the last bytes: cannot-pause; nothing is lost'],
    ['cannot-pause', new Error('no shell'), 'the last bytes: no shell; nothing is lost'],
    ['still-writing', new Error('process 5 writes'), 'process 5 writes; nothing is lost'],
  ] as const)('says why nothing was rotated: %s', (reason, error, words) => {
    const reply = rotateReply({ rotated: false, at, reason, error });
    expect(reply).toMatchObject({ rotated: false, reason: expect.stringContaining(words) });
  });
});
