import { waitFor } from '@wemixvisor/testkit';
import type { Installation, Status } from './installation.ts';

/** Waits until the status of an installation is as wanted, and returns it. Each look is a process of its own: more of them would slow down what is waited for. */
export function until(
  wemixvisor: Installation,
  fits: (status: Status) => boolean,
  what: string,
): Promise<Status> {
  return waitFor(
    async () => {
      const status = await wemixvisor.status();
      return fits(status) && status;
    },
    { timeoutMs: 60_000, everyMs: 300, what },
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
