import { checkClock } from './checks/clock.ts';
import { checkDiskForecast } from './checks/disk-forecast.ts';
import { checkHomeAccess } from './checks/home-access.ts';
import { checkMemory } from './checks/memory.ts';
import { checkStopLimits } from './checks/stop-limits.ts';
import { withDefaultPorts, type PreflightPorts } from './ports.ts';
import type { Problem } from './problem.ts';
import { serviceLimits } from './service-limits.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Looks for what would harm a node that runs on this machine: who kills it sooner than it may need to stop, who may change what is
 * run, a wrong clock, too little memory, a disk that fills up. Nothing is changed, and no other machine is asked. All are warnings.
 *
 * @example
 * const stops = { atMostMs: 300_000, observedMs: [4_000, 190_000] };
 * const problems = await checkSurroundings({ home: '/srv/supervisor', stops, cacheBytes: 4 * 1024 ** 3 });
 * for (const { message, remedy } of problems) console.log(message, remedy);
 */
export async function checkSurroundings(
  surroundings: Surroundings,
  ports: Partial<PreflightPorts> = {},
): Promise<readonly Problem[]> {
  const machine = withDefaultPorts(ports);
  const { home = null, runningPid = null, nodePid = null, cacheBytes = null } = surroundings;
  const { stops = null, stopLimits = [], headAheadMs = null, diskFullInMs = null } = surroundings;
  const [found, clock] = await Promise.all([
    stops === null ? [] : serviceLimits({ home, runningPid }, machine),
    checkClock(headAheadMs, machine),
  ]);
  return [
    ...(stops === null ? [] : checkStopLimits(stops, [...found, ...stopLimits])),
    ...(home === null ? [] : checkHomeAccess(home, machine)),
    ...clock,
    ...checkMemory({ cacheBytes, nodePid, runningPid }, machine),
    ...(diskFullInMs === null ? [] : checkDiskForecast(diskFullInMs)),
  ];
}
