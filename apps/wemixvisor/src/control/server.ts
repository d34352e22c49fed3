import { chmodSync, existsSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { AppError, messageOf, systemCodeOf } from '../app-error.ts';
import type { Operations } from './operations.ts';
import { closed, createRouteServer, listening, type ServerLimits } from './http-server.ts';
import { controlRoutes, probeRoutes } from './routes.ts';

/** A server that listens. */
export interface ControlServer {
  /** Stops listening, lets the answers under way go out, and removes the socket. */
  close(): Promise<void>;
}

interface Place {
  readonly socket: string;
  readonly uid: number;
  readonly limits?: Partial<ServerLimits>;
}

/**
 * Serves the operations as HTTP/1.1 and JSON on a Unix socket that only its owner can open (mode 0600).
 * The caller holds the home's lock, so a socket that is already there is a dead one and is replaced.
 */
export async function serveControl(place: Place, operations: Operations): Promise<ControlServer> {
  let server = await open(place, operations);
  const guard = setInterval(() => {
    if (existsSync(place.socket)) return;
    // Somebody removed the socket; without it nobody would ever reach this supervisor again. The old server goes
    // first: closing removes the file of its name, and what it has under way goes on.
    void closed(server);
    void open(place, operations).then(
      (opened) => (server = opened),
      () => {},
    );
  }, 1_000);
  guard.unref();
  return {
    close: () => {
      clearInterval(guard);
      return closed(server);
    },
  };
}

/**
 * Serves `/healthz` and `/readyz`, and nothing else, on a TCP address such as `127.0.0.1:9101`.
 *
 * @throws AppError where the address cannot be bound.
 */
export async function serveProbes(address: string, operations: Operations): Promise<ControlServer> {
  const server = createRouteServer(probeRoutes, operations);
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  try {
    await listening(server, { host, port: Number(address.slice(at + 1)) });
  } catch (error) {
    throw new AppError(`cannot listen on ${address}: ${messageOf(error)}; see --metrics-addr`, {
      cause: error,
    });
  }
  return { close: () => closed(server) };
}

async function open({ socket, uid, limits }: Place, operations: Operations): Promise<Server> {
  prepareSocket(socket, uid);
  const server = createRouteServer(controlRoutes, operations, limits);
  await listening(server, { path: socket });
  // Between bind and here the socket was guarded by its folder, which only the owner can enter.
  chmodSync(socket, 0o600);
  return server;
}

function prepareSocket(socket: string, uid: number): void {
  const folder = dirname(socket);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owned = lstatSync(folder);
  if (owned.uid !== uid || (owned.mode & 0o077) !== 0) {
    throw new AppError(
      `${folder} is not yours alone, and the control socket needs a folder that is: chown it and chmod 700 it`,
    );
  }
  try {
    unlinkSync(socket);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  }
}
