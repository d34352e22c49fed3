import type { Operations } from './operations.ts';
import { readEmptyBody, readStartBody, readStopBody } from './request-bodies.ts';
import type { StatusReport } from '../report/status-report.ts';
import { rotateAnswer } from './wire.ts';

/** A request as a route sees it. */
export interface RouteRequest {
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What goes back: an HTTP status and JSON. */
export interface RouteAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Answers one kind of request. */
export type Route = (
  operations: Operations,
  request: RouteRequest,
) => RouteAnswer | Promise<RouteAnswer>;

/** Routes by method and path. */
export type Routes = Readonly<Record<string, Route>>;

const ok = (body: unknown): RouteAnswer => ({ status: 200, body });

/** For load balancers and orchestrators: sanitizeTerminal, and all there is on a TCP port. */
export const probeRoutes: Routes = {
  'GET /healthz': (operations) => probe(isLive(operations.status()), operations.status()),
  'GET /readyz': (operations) => probe(isReady(operations.status()), operations.status()),
};

/** Calls for what takes no fields, after a look that none were sent. */
const plain =
  (call: (operations: Operations) => Promise<unknown>): Route =>
  async (operations, { body }) => {
    readEmptyBody(body);
    return ok(await call(operations));
  };

/** All that the control socket offers. Each throws BadRequest for a body that it does not understand. */
export const controlRoutes: Routes = {
  ...probeRoutes,
  'GET /v1/status': (operations) => ok(operations.status()),
  'GET /v1/health': async (operations, { query }) =>
    ok(await operations.health({ live: query.get('live') === 'true' })),
  'POST /v1/start': async (operations, { body }) => ok(await operations.start(readStartBody(body))),
  'POST /v1/stop': async (operations, { body }) => ok(await operations.stop(readStopBody(body))),
  'POST /v1/restart': async (operations, { body }) =>
    ok(await operations.restart(readStartBody(body))),
  'GET /v1/alerts': (operations) => ok(operations.alerts()),
  'POST /v1/alerts/test': plain((operations) => operations.testAlerts()),
  'POST /v1/reload': plain((operations) => operations.reload()),
  'POST /v1/logs/rotate': plain(async (operations) => rotateAnswer(await operations.rotateLog())),
  'POST /v1/detach': plain((operations) => operations.detach()),
};

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
