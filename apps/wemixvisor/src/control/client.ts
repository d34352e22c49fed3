import { requestJson, UnixHttpError } from '@wemixvisor/unix-http';
import { AppError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { trace } from '../trace.ts';
import { endpoints, operationNames, type Endpoint } from './endpoints.ts';
import type { Operations } from './operations.ts';
import { requestEncoders, type SentRequest } from './request-codec.ts';

/** Nobody listens on the control socket: there is no supervisor, or it went while it was asked. */
export class SupervisorUnreachable extends Error {
  override readonly name = 'SupervisorUnreachable';
}

/** The supervisor does not know what it is asked for: it is of an older version than this program. */
export class OperationUnknown extends AppError {
  constructor() {
    super('the supervisor is of an older version and does not know this: detach, then start');
  }
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
 * supervisor refuses; the reason of the `signal` where that gives it up.
 */
export function createControlClient(socket: string, signal?: AbortSignal): ControlClient {
  const calls = operationNames.map((name) => {
    const encode = requestEncoders[name] as (...request: readonly unknown[]) => SentRequest;
    const ask = (...request: readonly unknown[]) =>
      call({ socket, signal }, endpoints[name], encode(...request));
    return [name, ask] as const;
  });
  // The answers are the reports that the server's operations gave.
  return Object.fromEntries(calls) as unknown as ControlClient;
}

async function call(
  { socket, signal }: { readonly socket: string; readonly signal: AbortSignal | undefined },
  { method, path }: Endpoint,
  { query, body }: SentRequest,
): Promise<unknown> {
  const where = query === undefined ? path : `${path}?${new URLSearchParams(query).toString()}`;
  const startedAt = process.uptime(); // The first use of `performance` loads 1 ms of modules.
  try {
    const answered = await requestJson(socket, {
      method,
      path: where,
      body,
      ...(signal && { signal }),
    });
    const took = () => ((process.uptime() - startedAt) * 1000).toFixed(1);
    trace('control', () => `${method} ${where}: ${answered.status} in ${took()} ms`);
    return read(answered);
  } catch (error) {
    throw explained(error, socket);
  }
}

function explained(error: unknown, socket: string): unknown {
  if (!(error instanceof UnixHttpError)) return error;
  if (error.code === 'NOT_ALLOWED') {
    return new AppError(
      `not allowed to open ${socket}: run as the user who started the supervisor`,
      { exitCode: exitCodes.unknown },
    );
  }
  if (error.code === 'BUSY') return new AppError('the supervisor is busy: try again in a moment');
  return error.code === 'BAD_ANSWER'
    ? error
    : new SupervisorUnreachable('no supervisor is running', { cause: error });
}

function read({ status, body }: Awaited<ReturnType<typeof requestJson>>): unknown {
  if (body === undefined) throw new AppError(`the supervisor answered ${status}`);
  if (status === 200) return body;
  if (status === 404) throw new OperationUnknown();
  if (status === 503) throw new SupervisorUnreachable('the supervisor is ending');
  const { error, exit_code } = body as { error?: string; exit_code?: ExitCode };
  const skew =
    status === 400 ? '; if the supervisor is of another version: detach, then start' : '';
  throw new AppError(
    `${error ?? `the supervisor answered ${status}`}${skew}`,
    exit_code === undefined ? {} : { exitCode: exit_code },
  );
}
