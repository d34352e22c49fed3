import { formatDuration } from '../format-duration.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

type Machine = Pick<PreflightPorts, 'platform' | 'run'>;

/** geth refuses a block that is further in the future (allowedFutureBlockTime in consensus/ethash/consensus.go @ v1.13.15). */
const mostAheadMs = 15_000;
/** A clock that is so far off is not kept. */
const mostOffSeconds = 1;
const patienceMs = 3_000;
const remedy =
  'keep the clock by NTP, as chrony or systemd-timesyncd do: a node refuses blocks from its future';

/** Is the clock right? By what keeps it on this machine, and by the node's newest block; no server is asked. */
export async function checkClock(
  headAheadMs: number | null,
  machine: Machine,
): Promise<readonly Problem[]> {
  const said = await keeperSays(machine);
  const messages = [
    ...(said === null ? [] : [said]),
    ...(headAheadMs !== null && headAheadMs > mostAheadMs
      ? [`the clock is ${formatDuration(headAheadMs)} behind the node's newest block, at least`]
      : []),
  ];
  return messages.map((message) => ({ check: 'clock', severity: 'warning', message, remedy }));
}

async function keeperSays({ platform, run }: Machine): Promise<string | null> {
  if (platform === 'darwin') {
    const said = await run('/usr/sbin/systemsetup', ['-getusingnetworktime'], patienceMs);
    return said.trim() === 'Network Time: Off'
      ? 'nothing keeps the clock: network time is off'
      : null;
  }
  const tracking = await run('chronyc', ['-n', 'tracking'], patienceMs);
  if (tracking.includes('Leap status')) return chronySays(tracking);
  const synchronized = await run(
    'timedatectl',
    ['show', '--property=NTPSynchronized', '--value'],
    patienceMs,
  );
  return synchronized.trim() === 'no' ? 'the clock is not synchronized (timedatectl)' : null;
}

/** As chronyc(1) prints it. */
function chronySays(tracking: string): string | null {
  if (/^Leap status +: Not synchronised$/m.test(tracking)) {
    return 'the clock is not synchronized (chronyc)';
  }
  const [, seconds = '0', way] =
    /^System time +: ([\d.]+) seconds (slow|fast) of NTP time$/m.exec(tracking) ?? [];
  return Number(seconds) > mostOffSeconds
    ? `the clock is ${Number(seconds).toFixed(1)} s ${way === 'slow' ? 'behind' : 'ahead'} (chronyc)`
    : null;
}
