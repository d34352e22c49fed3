import { fileURLToPath } from 'node:url';

/** Fixture programs, named for how they behave; each is one short file that says so. */
export type ProgramName =
  | 'crashes'
  | 'exits-cleanly'
  | 'ignores-sigterm'
  | 'prints-itself'
  | 'ready'
  | 'spawns-child';

/**
 * The path of a fixture program, to be run by Node.
 *
 * @example spawn(process.execPath, [program('ignores-sigterm')]);
 */
export function program(name: ProgramName): string {
  return fileURLToPath(new URL(`../programs/${name}.mjs`, import.meta.url));
}
