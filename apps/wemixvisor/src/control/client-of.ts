import { lstatSync, readFileSync, statSync } from 'node:fs';
import { AppError } from '../app-error.ts';
import type { HomePaths } from '../config/home.ts';
import { createControlClient, type ControlClient } from './client.ts';

const absent = { throwIfNoEntry: false } as const;

/**
 * The client of the supervisor of a home, whether one listens or not.
 *
 * @throws AppError for a socket that does not belong to the owner of the home: nothing is said to a stranger, as a
 * start sends the node's whole environment.
 */
export function clientOf(paths: HomePaths): ControlClient {
  const socket = paths.socketMoved ? movedSocket(paths) : paths.socket;
  const owner = lstatSync(socket, absent)?.uid;
  if (owner !== undefined && owner !== statSync(paths.home, absent)?.uid) {
    throw new AppError(
      `${socket} does not belong to the owner of ${paths.home}: nothing is sent to it; remove it if it is not a supervisor's`,
    );
  }
  return createControlClient(socket);
}

/** A socket that is not under its home lies where the supervisor's own temporary folder was: the state names it. */
function movedSocket(paths: HomePaths): string {
  try {
    const { socket } = JSON.parse(readFileSync(paths.state, 'utf8')) as { socket?: unknown };
    return typeof socket === 'string' ? socket : paths.socket;
  } catch {
    return paths.socket;
  }
}
