import { lstatSync, statSync, type Stats } from 'node:fs';
import { AppError } from '../app-error.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { readJsonFile } from '../state/read-json-file.ts';
import type { StatusReport } from '../report/status-report.ts';
import { createControlClient, SupervisorUnreachable, type ControlClient } from './client.ts';

/**
 * The client of the supervisor of a home, whether one listens or not. The `signal` gives up what it asks for.
 *
 * @throws AppError for a socket that is not of the home's owner: nothing is said to a stranger, as a start sends the node's environment.
 */
export function openControlClient(paths: HomePaths, signal?: AbortSignal): ControlClient {
  const socket = paths.socketMoved ? movedSocket(paths) : paths.socket;
  const owner = ownerOf(() => lstatSync(socket));
  if (owner !== undefined && owner !== ownerOf(() => statSync(paths.home))) {
    throw new AppError(
      `${socket} does not belong to the owner of ${paths.home}: nothing is sent to it; remove it if it is not a supervisor's`,
    );
  }
  return createControlClient(socket, signal);
}

/** The status that the supervisor of a home tells; null where none answers. The reason of the `signal` is thrown. */
export async function statusFrom(
  paths: HomePaths,
  signal?: AbortSignal,
): Promise<StatusReport | null> {
  try {
    return await openControlClient(paths, signal).status();
  } catch (error) {
    if (error instanceof SupervisorUnreachable) return null;
    throw error;
  }
}

/** Undefined for what is not there or cannot be looked at: whoever uses it is told why. */
function ownerOf(look: () => Stats): number | undefined {
  try {
    return look().uid;
  } catch {
    return undefined;
  }
}

/** A socket that is not under its home lies where the supervisor's own temporary folder was: the state names it. */
function movedSocket(paths: HomePaths): string {
  try {
    const { socket } = readJsonFile(paths.state) as { socket?: unknown };
    return typeof socket === 'string' ? socket : paths.socket;
  } catch {
    return paths.socket;
  }
}
