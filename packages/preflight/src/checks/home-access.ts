import { dirname } from 'node:path';
import { nearestExisting } from '../nearest-existing.ts';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/** Mode bits: written to by the group or by others, and only the owner of a file may rename it. */
const group = 0o020;
const others = 0o002;
const sticky = 0o1000;

/** Who else may change what the supervisor runs? In the home anybody who may write to it, above it anybody who may replace it. */
export function checkHomeAccess(
  home: string,
  ports: Pick<PreflightPorts, 'stat'>,
): readonly Problem[] {
  const found = nearestExisting(home, ports);
  return [...pathsUpFrom(found)].flatMap((path) => {
    const mode = ports.stat(path)?.mode ?? 0;
    const isHome = path === home;
    const open = isHome ? (mode & others) | (mode & group) : mode & sticky ? 0 : mode & others;
    if (open === 0) return [];
    const who = open & others ? 'any user' : 'its group';
    const what = isHome ? 'change what is run' : `replace ${home}`;
    const shown = (mode & 0o7777).toString(8);
    const message = `${who} may write to ${path} (mode ${shown}), and so ${what}`;
    const remedy = `chmod go-w ${path}`;
    return [{ check: 'home', severity: 'warning', message, remedy } as const];
  });
}

function* pathsUpFrom(path: string): Generator<string> {
  yield path;
  if (dirname(path) !== path) yield* pathsUpFrom(dirname(path));
}
