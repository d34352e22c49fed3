import type { Readable } from 'node:stream';
import { AppError } from '../app-error.ts';
import type { Settings } from '../settings/settings.ts';

/** The descriptor on which a new supervisor says that it listens, or why it does not. */
export const reportDescriptor = 3;

/** What a new supervisor says on {@link reportDescriptor}: one JSON line, then the descriptor is closed. */
export type SupervisorReport =
  | { readonly ready: true; readonly notices: readonly string[] }
  | { readonly ready: false; readonly error: string; readonly held: boolean };

/** What a supervisor in the background is spawned with. */
export interface SpawnSupervisorOptions {
  /** How this program starts itself: Node and the main file. */
  readonly self: readonly [string, ...string[]];
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A supervisor that loads its modules and touches nothing before it has its settings. */
export interface SpawnedSupervisor {
  readonly home: string;
  /**
   * Gives it its settings and returns what it says of itself.
   *
   * @throws AppError where it could not be started or ended without a word.
   */
  begin(settings: Settings): Promise<SupervisorReport>;
  /** Lets it end where it has not begun, for nobody needs it. */
  dismiss(): void;
}

/**
 * Spawns a supervisor that outlives this process and its terminal once it has begun; before, it ends with this process.
 * Its settings go through a pipe: a command line can be read by every user of the machine.
 */
export function spawnSupervisor({
  self: [program, ...main],
  home,
  env,
}: SpawnSupervisorOptions): SpawnedSupervisor {
  const { spawn } = process.getBuiltinModule('node:child_process'); // Most commands of the main file need neither.
  const { text } = process.getBuiltinModule('node:stream/consumers');
  const child = spawn(program, [...main, 'supervise', '--home', home], {
    cwd: '/',
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  const { stdin } = child;
  const report = child.stdio[reportDescriptor] as Readable;
  let failure = `the supervisor ended without a word; its log is in ${home}/logs`;
  child.on('error', (error) => (failure = `the supervisor cannot be started: ${error.message}`));
  child.unref();
  const told = text(report); // From now on: what nobody reads is dropped when the child ends.
  told.catch(() => {}); // It is dismissed.
  stdin?.on('error', () => {}); // it died before it read them: the missing report tells
  return {
    home,
    async begin(settings) {
      stdin?.end(JSON.stringify(settings));
      const said = await told;
      if (said === '') throw new AppError(failure);
      return JSON.parse(said) as SupervisorReport;
    },
    dismiss() {
      stdin?.end();
      report.destroy();
    },
  };
}
