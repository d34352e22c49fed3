import { request } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { waitFor } from '@wemixvisor/testkit';
import type { Installation, Status } from './installation.ts';

/**
 * Waits until the status of an installation is as wanted, and returns what the program says of it. The control socket is
 * asked first: a look by the program is a process of its own, and many of them slow down what is waited for.
 */
export function until(
  wemixvisor: Installation,
  fits: (status: Status) => boolean,
  what: string,
): Promise<Status> {
  return waitFor(
    async () => {
      const seen = await askSocket(wemixvisor);
      if (seen !== undefined && !fits(seen)) return false;
      const status = await wemixvisor.status();
      return fits(status) && status;
    },
    { timeoutMs: 60_000, everyMs: 150, what },
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

/** The status as the supervisor tells it; undefined where none answers. */
function askSocket({ home }: Installation): Promise<Status | undefined> {
  return new Promise((resolve) => {
    const nothing = () => {
      resolve(undefined);
    };
    const socketPath = join(home, 'run/control.sock');
    request({ socketPath, path: '/v1/status', headers: { host: 'wemixvisor' }, timeout: 2000 })
      .on('response', (response) => {
        json(response).then((status) => {
          resolve(response.statusCode === 200 ? (status as Status) : undefined);
        }, nothing);
      })
      .on('timeout', nothing)
      .on('error', nothing)
      .end();
  });
}
