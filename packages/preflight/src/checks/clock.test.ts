import { describe, expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkClock } from './clock.ts';

/** Recorded from chronyc 4.3, with another offset and leap status. */
const tracking = (offset: string, leap = 'Normal') => `Reference ID    : C0A80101 (192.168.1.1)
Stratum         : 3
Ref time (UTC)  : Sun Nov 29 08:00:00 2026
System time     : ${offset} of NTP time
Last offset     : +0.000004231 seconds
RMS offset      : 0.000020331 seconds
Frequency       : 12.301 ppm slow
Residual freq   : +0.001 ppm
Skew            : 0.045 ppm
Root delay      : 0.002341120 seconds
Root dispersion : 0.000912311 seconds
Update interval : 64.2 seconds
Leap status     : ${leap}
`;
const chrony = 'chronyc -n tracking';
const timedatectl = 'timedatectl show --property=NTPSynchronized --value';
const systemsetup = '/usr/sbin/systemsetup -getusingnetworktime';

async function messages(output: Readonly<Record<string, string>>, ahead: number | null = null) {
  const machine = fakeMachine(systemsetup in output ? 'darwin' : 'linux');
  for (const [command, text] of Object.entries(output)) machine.output.set(command, text);
  return (await checkClock(ahead, machine)).map(({ message }) => message);
}

describe('the check of the clock', () => {
  it('accepts one that is kept, or of which nobody knows', async () => {
    expect(await messages({ [chrony]: tracking('0.000003421 seconds slow') })).toEqual([]);
    expect(await messages({ [timedatectl]: 'yes\n' })).toEqual([]);
    expect(await messages({})).toEqual([]);
    expect(await messages({ [systemsetup]: 'Network Time: On\n' })).toEqual([]);
    const refused = 'You need administrator access to run this tool... exiting!\n';
    expect(await messages({ [systemsetup]: refused })).toEqual([]);
  });

  it('tells what chrony says, and not what timedatectl says beside it', async () => {
    const other = { [timedatectl]: 'no\n' };
    expect(await messages({ [chrony]: tracking('1.234000000 seconds slow'), ...other })).toEqual([
      'the clock is 1.2 s behind (chronyc)',
    ]);
    expect(await messages({ [chrony]: tracking('61.000000000 seconds fast') })).toEqual([
      'the clock is 61.0 s ahead (chronyc)',
    ]);
    const lost = tracking('0.000000000 seconds slow', 'Not synchronised');
    expect(await messages({ [chrony]: lost })).toEqual(['the clock is not synchronized (chronyc)']);
    const silent = { [chrony]: '506 Cannot talk to daemon\n', ...other };
    expect(await messages(silent)).toEqual(['the clock is not synchronized (timedatectl)']);
  });

  it('knows that macOS does not keep it', async () => {
    expect(await messages({ [systemsetup]: 'Network Time: Off\n' })).toEqual([
      'nothing keeps the clock: network time is off',
    ]);
  });

  it('is shown wrong by a block from its future', async () => {
    expect(await messages({}, 15_000)).toEqual([]);
    expect(await messages({}, -86_400_000)).toEqual([]);
    expect(await messages({}, 75_000)).toEqual([
      "the clock is 1m 15s behind the node's newest block, at least",
    ]);
  });
});
