import { describe, expect, it } from 'vitest';
import { checkFileDescriptors, hardLimitIn, judgeDescriptors } from './file-descriptors.ts';

describe('hardLimitIn', () => {
  it('finds the hard limit of open files among the others', () => {
    const limits = `Limit                     Soft Limit           Hard Limit           Units
Max processes             96000                96001                processes
Max open files            1024                 1048576              files
Max locked memory         8388608              8388609              bytes
`;
    expect(hardLimitIn(limits)).toBe('1048576');
  });

  it('is empty for a text without one', () => {
    expect(hardLimitIn('')).toBe('');
  });
});

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

describe('checkFileDescriptors', () => {
  it.runIf(process.platform === 'linux')(
    'says the same of this process by either way',
    async () => {
      expect(await checkFileDescriptors('linux')).toEqual(await checkFileDescriptors('darwin'));
    },
  );
});
