import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages, program, tarballs } from '../published.mjs';

/** What npm publishes: packed already, and checked by the gate. @type {import('../make-artefacts.mjs').Maker} */
export const npmTarballs = {
  everywhereTheSame: true,
  make({ folder }) {
    for (const { tarball } of [...packages, program]) {
      copyFileSync(join(tarballs, tarball), join(folder, tarball));
    }
  },
};
