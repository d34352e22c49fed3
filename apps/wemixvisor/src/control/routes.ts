import type { StatusReport } from '../report/status-report.ts';
import { endpoints, operationNames, type OperationName } from './endpoints.ts';
import type { Operations } from './operations.ts';
import { requestDecoders, type ReceivedRequest } from './request-schema.ts';

/** What goes back: an HTTP status and JSON. */
interface RouteAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Answers one kind of request. Throws BadRequest for one that it does not understand. */
type Route = (
  operations: Operations,
  request: ReceivedRequest,
) => RouteAnswer | Promise<RouteAnswer>;

/** Routes by method and path. */
export type Routes = Readonly<Record<string, Route>>;

/** For load balancers and orchestrators: harmless, and all there is on a TCP port. */
export const probeRoutes: Routes = {
  'GET /healthz': (operations) => probe(isLive(operations.status()), operations.status()),
  'GET /readyz': (operations) => probe(isReady(operations.status()), operations.status()),
};

/** All that the control socket offers. */
export const controlRoutes: Routes = {
  ...probeRoutes,
  ...Object.fromEntries(
    operationNames.map((name) => {
      const { method, path } = endpoints[name];
      return [`${method} ${path}`, routeOf(name)];
    }),
  ),
};

function routeOf(name: OperationName): Route {
  return async (operations, request) => {
    const asked = requestDecoders[name](request) as readonly unknown[];
    const all = operations as unknown as Readonly<
      Record<OperationName, (...request: readonly unknown[]) => unknown>
    >;
    return { status: 200, body: await all[name](...asked) };
  };
}

function probe(good: boolean, { state, health }: StatusReport): RouteAnswer {
  const body = { state, status: health?.status ?? null, phase: health?.phase ?? null };
  return { status: good ? 200 : 503, body };
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
