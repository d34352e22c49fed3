/** Sends a signal with kill(2), to a group when the pid is negative; false when nobody received it. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
