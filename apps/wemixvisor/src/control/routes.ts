import type { serveJson } from '@wemixvisor/unix-http';
import type { StatusReport } from '../report/status-report.ts';
import { eventReport } from '../report/event-report.ts';
import { endpoints, eventsPath, operationNames, type OperationName } from './endpoints.ts';
import type { Operations } from './operations.ts';
import { requestDecoders } from './request-schema.ts';

/** Hands on each line of a journal, until the returned function is called. */
export type FollowJournal = (reader: (line: string) => void) => () => void;

type Routes = Parameters<typeof serveJson>[1];

/** Answers a scrape. */
export type Metrics = () => Promise<{ readonly type: string; readonly text: string }>;

/** For load balancers, orchestrators and Prometheus: they change nothing, and are all there is on a TCP port. */
export function probeRoutes(operations: Operations, metrics: Metrics): Routes {
  return {
    'GET /metrics': async () => ({ status: 200, ...(await metrics()) }),
    // Whoever is not answered kills the supervisor with its node, which cures only a supervisor that hangs.
    'GET /healthz': () => ({ status: 200, body: probed(operations.status()) }),
    'GET /readyz': () => {
      const status = operations.status();
      return { status: isReady(status) ? 200 : 503, body: probed(status) };
    },
  };
}

/** All that the control socket offers; `followJournal` hands on each line of the journal until the returned function is called. */
export function controlRoutes(
  operations: Operations,
  followJournal: FollowJournal,
  metrics: Metrics,
): Routes {
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
  return {
    ...probeRoutes(operations, metrics),
    ...Object.fromEntries(routes),
    [`GET ${eventsPath}`]: () => ({ lines: (send) => followJournal(sending(send)) }),
  };
}

/** What of it can be asked without changing anything. */
export function readingRoutes(...served: Parameters<typeof controlRoutes>): Routes {
  const all = Object.entries(controlRoutes(...served));
  return Object.fromEntries(all.filter(([route]) => route.startsWith('GET ')));
}

/** Sends what a line of the journal tells; one that tells nothing is not sent. */
function sending(send: (value: unknown) => boolean) {
  return (line: string) => {
    const report = eventReport(line);
    if (report !== null) send(report);
  };
}

function probed({ state, health, reason }: StatusReport): object {
  return { state, status: health?.status ?? null, phase: health?.phase ?? null, reason };
}

/** The node answers and is where the chain is; where it cannot be asked, it is up. */
export function isReady({
  state,
  health,
}: {
  readonly state: StatusReport['state'];
  readonly health: Pick<NonNullable<StatusReport['health']>, 'status' | 'phase'> | null;
}): boolean {
  if (state !== 'running') return false;
  if (health === null || health.status === 'unknown') return true;
  return health.status === 'healthy' && ['synced', 'indexing'].includes(health.phase);
}
