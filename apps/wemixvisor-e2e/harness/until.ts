import { waitFor } from '@wemixvisor/testkit';
import { askSupervisor } from './ask-supervisor.ts';
import type { Installation, Status } from './installation.ts';

/**
 * Waits until the status of an installation is as wanted, and returns it. The control socket is asked where it answers,
 * and the program where it does not: a look by the program is a process of its own, and many of them slow down what is
 * waited for.
 */
export function until(
  wemixvisor: Installation,
  fits: (status: Status) => boolean,
  what: string,
): Promise<Status> {
  return waitFor(
    async () => {
      const asked = await askSupervisor(wemixvisor.home, 'GET', '/v1/status');
      const status = (asked as Status | undefined) ?? (await wemixvisor.status());
      return fits(status) && status;
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
