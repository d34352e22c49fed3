import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { architecture, buildDebianPackage } from '../build-debian-package.mjs';
import { executableIn } from './executable.mjs';

/** A package for Debian, of the executable that was made before it. @type {import('../make-artefacts.mjs').Maker} */
export const debianPackage = {
  everywhereTheSame: false,
  make(order) {
    if (spawnSync('dpkg-deb', ['--version']).status !== 0) {
      console.log('no Debian package is made, as there is no dpkg-deb(1) here');
      return;
    }
    const file = join(order.folder, `wemixvisor_${order.version}_${architecture}.deb`);
    buildDebianPackage(executableIn(order), file);
  },
};
