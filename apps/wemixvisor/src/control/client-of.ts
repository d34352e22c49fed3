import { readFileSync } from 'node:fs';
import type { HomePaths } from '../config/home.ts';
import { createControlClient, type ControlClient } from './client.ts';

/** The client of the supervisor of a home, whether one listens or not. */
export function clientOf(paths: HomePaths): ControlClient {
  return createControlClient(paths.socketMoved ? movedSocket(paths) : paths.socket);
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
