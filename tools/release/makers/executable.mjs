import { join } from 'node:path';
import { buildExecutable } from '../build-executable.mjs';

/** The program with Node.js in it, for the system that makes it. @type {import('../make-artefacts.mjs').Maker} */
export const executable = {
  everywhereTheSame: false,
  make({ folder, version }) {
    buildExecutable(join(folder, `wemixvisor-${version}-${process.platform}-${process.arch}`));
  },
};
