/**
 * Kills a process, or by a negative number a group: nothing of it happens after this call, though a call of the system that
 * it is in is finished first.
 */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
