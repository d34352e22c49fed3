import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { AppError } from '../app-error.ts';
import type { Settings } from '../config/settings.ts';

/** The descriptor on which a new supervisor says that it listens, or why it does not. */
export const reportDescriptor = 3;

/** What a new supervisor says on {@link reportDescriptor}: one JSON line, then the descriptor is closed. */
export type SupervisorReport =
  | { readonly ready: true; readonly notices: readonly string[] }
  | { readonly ready: false; readonly error: string; readonly held: boolean };

/** What a supervisor in the background is started with. */
export interface SpawnSupervisorOptions {
  /** How this program starts itself: Node and the main file. */
  readonly self: readonly [string, ...string[]];
  readonly home: string;
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts a supervisor that outlives this process and its terminal, and returns what it says of itself.
 * Its settings go through a pipe: a command line can be read by every user of the machine.
 */
export async function spawnSupervisor({
  self: [program, ...main],
  home,
  settings,
  env,
}: SpawnSupervisorOptions): Promise<SupervisorReport> {
  const child = spawn(program, [...main, 'supervise', '--home', home], {
    cwd: '/',
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  child.unref();
  child.stdin?.on('error', () => {}); // it died before it read them: the missing report tells
  child.stdin?.end(JSON.stringify(settings));
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdio[reportDescriptor] as Readable) chunks.push(chunk as Buffer);
  const said = Buffer.concat(chunks).toString('utf8');
  if (said === '') {
    throw new AppError(`the supervisor ended without a word; its log is in ${home}/logs`);
  }
  return JSON.parse(said) as SupervisorReport;
}
