import { writersOnDarwin } from './darwin.ts';
import { writersOnLinux } from './linux.ts';
import type { WriterStates } from './writer-states.ts';

/** The writers of a log on this system. */
export function systemWriters(): WriterStates {
  return process.platform === 'darwin' ? writersOnDarwin() : writersOnLinux();
}
