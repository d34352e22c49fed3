/**
 * Signals one process of a test.
 *
 * @throws Error for a pid that is missing or not positive: 0 would be the whole process group of the test runner.
 */
export function signalProcess(pid: number | null | undefined, signal: NodeJS.Signals): void {
  if (!Number.isInteger(pid) || Number(pid) <= 1)
    throw new Error(`${pid ?? 'no'} is no pid to signal`);
  process.kill(Number(pid), signal);
}
