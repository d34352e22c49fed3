import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkFileDescriptors } from './file-descriptors.ts';

const limits = (
  hard: string,
) => `Limit                     Soft Limit           Hard Limit           Units
Max processes             96000                96001                processes
Max open files            1024                 ${hard}              files
Max locked memory         8388608              8388609              bytes
`;

const onLinux = (text: string) => {
  const machine = fakeMachine('linux');
  machine.paths.set('/proc/self/limits', text);
  return checkFileDescriptors(4_096, machine);
};
const onMac = (output: string) => {
  const machine = fakeMachine('darwin');
  machine.output.set('/bin/sh -c ulimit -Hn', output);
  return checkFileDescriptors(4_096, machine);
};

describe('the check of file descriptors', () => {
  it.each(['unlimited', '4096', '1048576'])('accepts a hard limit of %s', async (limit) => {
    expect(await onLinux(limits(limit))).toEqual([]);
    expect(await onMac(`${limit}\n`)).toEqual([]);
  });

  it('accepts a limit that is unknown', async () => {
    expect(await onLinux('')).toEqual([]);
    expect(await onMac('')).toEqual([]);
  });

  it('warns of a limit that is low', async () => {
    const problem = {
      check: 'file descriptors',
      severity: 'warning',
      message: 'only 4095 files may be open, and a geth-family node wants at least 4096',
      remedy: 'raise the limit: LimitNOFILE= in a systemd unit, or ulimit -Hn',
    };
    expect(await onLinux(limits('4095'))).toEqual([problem]);
    expect(await onMac('4095\n')).toEqual([problem]);
  });

  it('looks at the node that runs, whose limit may be another', async () => {
    const machine = fakeMachine('linux');
    machine.paths.set('/proc/self/limits', limits('4096'));
    machine.paths.set('/proc/700/limits', limits('1024'));
    expect(await checkFileDescriptors(4_096, machine, 700)).toHaveLength(1);
    expect(await checkFileDescriptors(4_096, machine)).toEqual([]);
  });
});
