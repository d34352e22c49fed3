import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages, program, root } from '../published.mjs';
import { billOfMaterialsOf, bundledIn } from '../bill-of-materials.mjs';

/** What the program has in its bundle, for whoever has to know whether a bad package is in it. @type {import('../make-artefacts.mjs').Maker} */
export const billOfMaterials = {
  everywhereTheSame: true,
  async make({ folder, version }) {
    const licences = join(root, program.folder, 'dist/THIRD-PARTY-LICENCES.txt');
    const bundled = bundledIn(readFileSync(licences, 'utf8'));
    const own = packages.map(({ name }) => ({ name, version, licence: 'Apache-2.0' }));
    writeFileSync(
      join(folder, `wemixvisor-${version}.cdx.json`),
      await billOfMaterialsOf({ ...program, licence: 'Apache-2.0' }, [...own, ...bundled]),
    );
  },
};
