import { join } from 'node:path';
import { buildExecutable } from '../build-executable.mjs';

/** Where the executable of a release is. @param {{ readonly folder: string, readonly version: string }} order */
export const executableIn = ({ folder, version }) =>
  join(folder, `wemixvisor-${version}-${process.platform}-${process.arch}`);

/** The program with Node.js in it, for the system that makes it. @type {import('../make-artefacts.mjs').Maker} */
export const executable = {
  everywhereTheSame: false,
  make: (order) => buildExecutable(executableIn(order)),
};
