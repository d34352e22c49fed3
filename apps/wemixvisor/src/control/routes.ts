import type { serveJson } from '@wemixvisor/unix-http';
import type { StatusReport } from '../report/status-report.ts';
import { endpoints, operationNames, type OperationName } from './endpoints.ts';
import type { Operations } from './operations.ts';
import { requestDecoders } from './request-schema.ts';

type Routes = Parameters<typeof serveJson>[1];
type Answer = Awaited<ReturnType<Routes[string]>>;

/** For load balancers and orchestrators: harmless, and all there is on a TCP port. */
export function probeRoutes(operations: Operations): Routes {
  return {
    'GET /healthz': () => probe(isLive, operations.status()),
    'GET /readyz': () => probe(isReady, operations.status()),
  };
}

/** All that the control socket offers. */
export function controlRoutes(operations: Operations): Routes {
  const all = operations as unknown as Readonly<
    Record<OperationName, (...request: readonly unknown[]) => Promise<object | null>>
  >;
  const routes = operationNames.map((name) => {
    const { method, path } = endpoints[name];
    const answer: Routes[string] = async (request) => {
      const asked = requestDecoders[name](request) as readonly unknown[];
      return { status: 200, body: await all[name](...asked) };
    };
    return [`${method} ${path}`, answer] as const;
  });
  return { ...probeRoutes(operations), ...Object.fromEntries(routes) };
}

function probe(isGood: (status: StatusReport) => boolean, status: StatusReport): Answer {
  const { state, health } = status;
  const body = { state, status: health?.status ?? null, phase: health?.phase ?? null };
  return { status: isGood(status) ? 200 : 503, body };
}

/** The node's process is up, and nothing says that a restart would be wanted. A node that syncs is live. */
export function isLive({ pid, health }: StatusReport): boolean {
  return pid !== null && health?.status !== 'unhealthy';
}

/** The node answers and is where the chain is; where it cannot be asked, it is up. */
export function isReady({ state, health }: StatusReport): boolean {
  if (state !== 'running') return false;
  if (health === null || health.status === 'unknown') return true;
  return health.status === 'healthy' && ['synced', 'indexing'].includes(health.phase);
}
