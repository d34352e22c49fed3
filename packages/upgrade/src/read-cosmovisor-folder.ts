import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UpgradeError } from './errors.ts';

/** A program of a cosmovisor folder. */
export interface CosmovisorProgram {
  /** `genesis`, or the name of the upgrade. */
  readonly name: string;
  readonly program: string;
  /** The link `current` leads to it. */
  readonly isCurrent: boolean;
  /** The height that its `upgrade-info.json` names; null where it names none. */
  readonly height: number | null;
}

/**
 * Reads a cosmovisor folder, `cosmovisor/{current,genesis,upgrades/NAME}/bin`: the folder itself or the one that has it. Nothing is changed.
 *
 * @throws UpgradeError `NO_COSMOVISOR_FOLDER`.
 * @example
 * const programs = readCosmovisorFolder('/srv/wemix');
 * programs.find(({ isCurrent }) => isCurrent)?.program; // '/srv/wemix/cosmovisor/genesis/bin/geth'
 */
export function readCosmovisorFolder(folder: string): readonly CosmovisorProgram[] {
  const root = [join(folder, 'cosmovisor'), folder].find((each) =>
    existsSync(join(each, 'genesis')),
  );
  if (root === undefined) {
    const says = `${folder} is no cosmovisor folder: it has no genesis/bin`;
    throw new UpgradeError('NO_COSMOVISOR_FOLDER', says);
  }
  const upgrades = join(root, 'upgrades');
  const places = [
    { name: 'genesis', path: join(root, 'genesis') },
    ...(existsSync(upgrades) ? readdirSync(upgrades) : []).map((name) => ({
      // cosmovisor writes the names of its folders as they are in a URL.
      name: decoded(name),
      path: join(upgrades, name),
    })),
  ];
  const current = realPath(join(root, 'current'));
  const found = places.flatMap(({ name, path }) => {
    const program = programIn(join(path, 'bin'));
    const isCurrent = realPath(path) === (current ?? join(root, 'genesis'));
    return program === null ? [] : [{ name, program, isCurrent, height: heightIn(path) }];
  });
  if (found.length > 0) return found;
  throw new UpgradeError('NO_COSMOVISOR_FOLDER', `${root} has no program in genesis/bin`);
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** The only executable of a folder, or the first by name. */
function programIn(folder: string): string | null {
  const names = existsSync(folder) ? readdirSync(folder).toSorted() : [];
  const isProgram = (path: string): boolean => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true && (found.mode & 0o111) !== 0;
  };
  return names.map((name) => join(folder, name)).find(isProgram) ?? null;
}

function heightIn(folder: string): number | null {
  try {
    const { height } = JSON.parse(readFileSync(join(folder, 'upgrade-info.json'), 'utf8')) as {
      readonly height?: unknown;
    };
    return Number.isSafeInteger(Number(height)) && Number(height) > 0 ? Number(height) : null;
  } catch {
    return null;
  }
}
