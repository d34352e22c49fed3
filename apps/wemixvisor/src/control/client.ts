import { AppError, systemCodeOf } from '../app-error.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exchange, type Answered, type Asked } from './unix-socket-http.ts';
import type {
  Operations,
  ReloadReply,
  StartReply,
  StartRequest,
  StopRequest,
} from './operations.ts';
import type { AlertsReport, AlertTestReport } from '../report/alerts-report.ts';
import type { HealthReport } from '../report/health-report.ts';
import type { StatusReport } from '../report/status-report.ts';
import { readRotateAnswer, startBody, stopBody, type RotateAnswer } from './wire.ts';

/** Nobody listens on the control socket: there is no supervisor, or it went while it was asked. */
export class SupervisorUnreachable extends Error {
  override readonly name = 'SupervisorUnreachable';
}

/** The operations of a supervisor, asked for over its control socket. */
export type ControlClient = {
  readonly [N in keyof Operations]: (
    ...request: Parameters<Operations[N]>
  ) => Promise<Awaited<ReturnType<Operations[N]>>>;
};

/**
 * A client for the supervisor that listens on a socket.
 *
 * Every call rejects with {@link SupervisorUnreachable} where nobody listens, and with an AppError for what the
 * supervisor refuses.
 */
export function createControlClient(socket: string): ControlClient {
  const post = (path: string, body: unknown) => call(socket, 'POST', path, body);
  return {
    status: async () => (await call(socket, 'GET', '/v1/status')) as StatusReport,
    health: async ({ live }) =>
      (await call(socket, 'GET', `/v1/health?live=${live}`)) as HealthReport | null,
    start: async (start?: StartRequest) =>
      (await post('/v1/start', start === undefined ? {} : startBody(start))) as StartReply,
    stop: async (stop: StopRequest) => (await post('/v1/stop', stopBody(stop))) as StatusReport,
    restart: async (restart?: StartRequest) =>
      (await post('/v1/restart', restart === undefined ? {} : startBody(restart))) as StatusReport,
    alerts: async () => (await call(socket, 'GET', '/v1/alerts')) as AlertsReport,
    testAlerts: async () => (await post('/v1/alerts/test', {})) as AlertTestReport,
    reload: async () => (await post('/v1/reload', {})) as ReloadReply,
    rotateLog: async () => readRotateAnswer((await post('/v1/logs/rotate', {})) as RotateAnswer),
    detach: async () => (await post('/v1/detach', {})) as StatusReport,
  };
}

const nobodyThere = new Set([
  'ENOENT',
  'ENOTDIR',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTSOCK',
]);

async function call(
  socket: string,
  method: Asked['method'],
  path: string,
  body?: unknown,
): Promise<unknown> {
  const sent = body === undefined ? '' : JSON.stringify(body);
  try {
    return read(await exchange(socket, { method, path, body: sent }));
  } catch (error) {
    throw explained(error, socket);
  }
}

function explained(error: unknown, socket: string): unknown {
  const code = systemCodeOf(error);
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError(
      `not allowed to open ${socket}: run as the user who started the supervisor`,
    );
  }
  return code !== undefined && nobodyThere.has(code)
    ? new SupervisorUnreachable('no supervisor is running', { cause: error })
    : error;
}

function read({ status, body: said }: Answered): unknown {
  if (status !== 200 && said === '') throw new AppError(`the supervisor answered ${status}`);
  const body: unknown = JSON.parse(said);
  if (status === 200) return body;
  if (status === 503) throw new SupervisorUnreachable('the supervisor is ending');
  const { error, exit_code } = body as { error?: string; exit_code?: ExitCode };
  const skew =
    status === 400 ? '; if the supervisor is of another version: detach, then start' : '';
  throw new AppError(
    `${error ?? `the supervisor answered ${status}`}${skew}`,
    exit_code === undefined ? {} : { exitCode: exit_code },
  );
}
