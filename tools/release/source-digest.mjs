import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Written by the build beside `dist`, as this must not be published: the digest of the sources that `dist` was built from. */
export const stampFile = 'dist.sources';

/**
 * The SHA-256 of what a project is built from: its sources without tests, its manifest and build settings, and those of the workspace
 * packages that it may have in its bundle. Their content counts and not their times, which a checkout or a restored cache changes.
 *
 * @param {string} project folder
 */
export function sourceDigest(project) {
  const { devDependencies = {} } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const bundled = Object.keys(devDependencies)
    .filter((name) => devDependencies[name].startsWith('workspace:'))
    .map((name) => join(project, 'node_modules', name));
  const hash = createHash('sha256');
  for (const folder of [project, ...bundled]) {
    for (const file of sourcesIn(folder)) {
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(folder, file)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^package\.json$|^tsup\.config\.ts$/.test(entry.name))
    .map(({ name }) => name)
    .concat(
      readdirSync(join(folder, 'src'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
        .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)),
    )
    .sort();
}
