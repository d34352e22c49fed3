import { describe, expect, it } from 'vitest';
import { judgeDescriptors } from './file-descriptors.ts';

describe('judgeDescriptors', () => {
  it.each(['unlimited', '4096', '1048576', ''])('is content with %j', (limit) => {
    expect(judgeDescriptors(limit)).toEqual([]);
  });

  it('warns of a limit that is low', () => {
    expect(judgeDescriptors('4095')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('only 4095 files') },
    ]);
  });
});
