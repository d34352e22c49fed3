import { serveJson, UnixHttpError } from '@wemixvisor/unix-http';
import { AppError, messageOf, systemCodeOf } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Operations } from './operations.ts';
import type { TlsFiles } from './tls-files.ts';
import {
  controlRoutes,
  probeRoutes,
  readingRoutes,
  type FollowJournal,
  type Metrics,
} from './routes.ts';

/** A server that listens. */
export type ControlServer = Awaited<ReturnType<typeof serveJson>>;

/**
 * Serves the operations as HTTP/1.1 and JSON on a Unix socket that only its owner can open (mode 0600).
 * The caller holds the home's lock, so a socket that is already there is a dead one and is replaced.
 */
export function serveControl(
  place: { readonly socket: string; readonly uid: number },
  operations: Operations,
  followJournal: FollowJournal,
  metrics: Metrics,
): Promise<ControlServer> {
  const routes = controlRoutes(operations, followJournal, metrics);
  return serveJson(place, routes, { answerError });
}

/** Where what can be read is served, for whom, and by which certificate. */
export interface ReadingPlace {
  readonly address: string;
  readonly tokenFile: () => string | null;
  /** Both null: no TLS. */
  readonly tlsFiles: () => TlsFiles;
  /** Hears why a changed certificate is not used. */
  readonly onProblem: (problem: string) => void;
}

/**
 * Serves the operations that change nothing, for who has the token in a file, on a TCP address. The file is read for each request, so a new
 * token needs no reload, and a changed certificate is used from the next connection on.
 *
 * @throws AppError where the address cannot be bound, there is no token, or the certificate or its key cannot be used.
 */
export async function serveReading(
  { address, tokenFile, tlsFiles, onProblem }: ReadingPlace,
  ...served: Parameters<typeof readingRoutes>
): Promise<ControlServer> {
  const { isToken, tokenIn } = await import('./token-file.ts');
  const found = tokenIn(tokenFile());
  if ('problem' in found) {
    throw new AppError(`cannot serve --api-addr ${address}: ${found.problem}`);
  }
  const admits = ({ authorization }: { readonly authorization?: string | undefined }) =>
    isToken(tokenFile(), /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
  const { cert, key } = tlsFiles();
  const certificate =
    cert === null && key === null
      ? null
      : (await import('./tls-files.ts')).watchTlsFiles(tlsFiles, onProblem);
  const options = { answerError, admits };
  const failing = 'cannot serve --api-addr';
  return onAddress(failing, { address, certificate }, readingRoutes(...served), options);
}

/**
 * Serves `/healthz`, `/readyz` and `/metrics`, and nothing else, on a TCP address such as `127.0.0.1:9101`.
 *
 * @throws AppError where the address cannot be bound.
 */
export async function serveProbes(
  address: string,
  operations: Operations,
  metrics: Metrics,
): Promise<ControlServer> {
  return onAddress('cannot serve --metrics-addr', { address }, probeRoutes(operations, metrics), {
    answerError,
  });
}

type TcpPlace = Extract<Parameters<typeof serveJson>[0], { readonly port: number }>;

/** No route over TCP takes a body: whoever may connect fills no memory with one. */
const limits = { bodyBytes: 1_024 };

async function onAddress(
  failing: string,
  { address, certificate = null }: { readonly address: string } & Pick<TcpPlace, 'certificate'>,
  routes: Parameters<typeof serveJson>[1],
  options: Parameters<typeof serveJson>[2],
): Promise<ControlServer> {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  const port = Number(address.slice(at + 1));
  try {
    return await serveJson({ host, port, certificate }, routes, { ...options, limits });
  } catch (error) {
    const why = reasons[systemCodeOf(error) ?? ''] ?? messageOf(error);
    throw new AppError(`${failing} ${address}: ${why}`, { cause: error });
  }
}

/** What is wrong with an address, and what to do. */
const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process has it; choose another address, or end it and: wemixvisor reload',
  EADDRNOTAVAIL: 'this machine has no such address; choose another one',
  EACCES: 'a port below 1024 is for root; choose a higher one',
};

/** The answer for an operation that failed: its message, and the exit code of the command that asked. */
function answerError(error: unknown) {
  const body = { error: messageOf(error), exit_code: exitCodeFor(error) };
  return { status: statusOf(error), body };
}

function exitCodeFor(error: unknown): number | undefined {
  if (error instanceof AppError) return error.exitCode;
  return error instanceof UnixHttpError && error.code !== 'ENDING' ? exitCodes.usage : undefined;
}

function statusOf(error: unknown): number {
  if (error instanceof AppError) return 409;
  if (!(error instanceof UnixHttpError)) return 500;
  if (error.code === 'ENDING') return 503;
  return error.code === 'TOO_LARGE' ? 413 : 400;
}
