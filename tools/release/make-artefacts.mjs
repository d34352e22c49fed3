/* `npm run release:pack`: makes all that a release consists of, in `artefacts/`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checksumsOf } from './checksums.mjs';
import { billOfMaterials } from './makers/bill-of-materials.mjs';
import { debianPackage } from './makers/debian-package.mjs';
import { executable } from './makers/executable.mjs';
import { npmTarballs } from './makers/npm-tarballs.mjs';
import { program, root } from './published.mjs';

/**
 * Makes some of the files of a release. The program and the packages are built and packed before.
 *
 * @typedef {object} Maker
 * @property {boolean} everywhereTheSame whether its files have the same bytes on each machine, so that one has to make them
 * @property {(order: { readonly folder: string, readonly version: string }) => void | Promise<void>} make
 *   what it leaves out, as it needs a program that is not there, it says
 */

/** @type {readonly Maker[]} */
const makers = [npmTarballs, billOfMaterials, executable, debianPackage];

const { values } = parseArgs({
  options: { 'of-this-machine': { type: 'boolean', default: false } },
});
const folder = join(root, 'artefacts');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const { everywhereTheSame, make } of makers) {
  if (!everywhereTheSame || !values['of-this-machine']) {
    await make({ folder, version: program.version });
  }
}
writeFileSync(join(folder, 'SHA256SUMS'), checksumsOf(folder));
console.log(`artefacts/\n  ${readdirSync(folder).sort().join('\n  ')}`);
