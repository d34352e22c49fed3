import { waitFor } from '@wemixvisor/testkit';
import { askSupervisor } from './ask-supervisor.ts';
import type { Installation, Status } from './installation.ts';

/** Milliseconds for which nobody answers on the control socket before the program is asked, for the first time and again. */
const programAfterMs = 500;
const programEveryMs = 1_000;

/**
 * Waits until the status of an installation is as wanted, and returns it. The control socket is asked, and the program
 * now and then where nobody answers: a look by the program is a process of its own, and many of them slow down what is
 * waited for.
 */
export function until(
  wemixvisor: Installation,
  fits: (status: Status) => boolean,
  what: string,
): Promise<Status> {
  let programAt = performance.now() + programAfterMs;
  const look = async (): Promise<Status | undefined> => {
    const asked = await askSupervisor(wemixvisor.home, 'GET', '/v1/status');
    if (asked !== undefined) return asked as Status;
    if (performance.now() < programAt) return undefined;
    const status = await wemixvisor.status();
    programAt = performance.now() + programEveryMs;
    return status;
  };
  return waitFor(
    async () => {
      const status = await look();
      return status !== undefined && fits(status) && status;
    },
    { timeoutMs: 60_000, everyMs: 100, what },
  );
}

/** The node runs and a health check had its answer. */
export function isWell({ state, health }: Status): boolean {
  return (
    state === 'running' &&
    health?.healthy === true &&
    health.checks['rpc_endpoint']?.['healthy'] === true
  );
}
