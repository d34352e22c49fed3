import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/** A file that an argument of the node names. */
export interface NamedFile {
  /** The option without its dashes: `config`. */
  readonly flag: string;
  readonly path: string;
  /** What it is for, in words. */
  readonly purpose: string;
}

/** Do the files exist, and can they be read? */
export function checkFiles(
  files: readonly NamedFile[],
  { stat, mayAccess }: Pick<PreflightPorts, 'stat' | 'mayAccess'>,
): readonly Problem[] {
  return files
    .filter(({ path }) => !mayAccess(path, 'read'))
    .map(({ flag, path, purpose }) => {
      const what = stat(path) === null ? 'does not exist' : 'may not be read';
      const message = `${path} (${purpose}) ${what}`;
      return { check: 'file', severity: 'error', message, remedy: `correct --${flag}` };
    });
}
