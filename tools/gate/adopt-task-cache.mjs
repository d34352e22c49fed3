/* On a machine of CI that has got the task cache of another one: Nx names the database of its cache by the machine, and without it no result counts. */
import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../.nx/workspace-data', import.meta.url));
const databases = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith('.db'))
  : [];
const [newest] = databases
  .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
  .sort((a, b) => b.at - a.at);
const { getCurrentMachineId } = createRequire(import.meta.url)('nx/src/utils/machine-id-cache');
/** @type {string} */
const machine = await getCurrentMachineId();

if (newest !== undefined && !databases.some((name) => name.startsWith(machine))) {
  // `<machine>-<version>.db`
  const version = newest.name.slice(newest.name.indexOf('-'));
  copyFileSync(join(folder, newest.name), join(folder, `${machine}${version}`));
  console.log(`took over ${newest.name}`);
}
