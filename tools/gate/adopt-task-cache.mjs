/* On a machine of CI that has got the task cache of another one: Nx names the database of its cache by the machine, and without it no result counts. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, '.nx/workspace-data');
const databases = () =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.db')) : [];

const [got] = databases();
if (got !== undefined) {
  // Nx makes an empty one where it finds none of its name.
  execFileSync(join(root, 'node_modules/.bin/nx'), ['run-many', '-t', 'nothing'], {
    stdio: 'ignore',
    cwd: root,
  });
  const own = databases().find((name) => name !== got);
  if (own !== undefined) {
    for (const left of [`${own}-wal`, `${own}-shm`]) rmSync(join(folder, left), { force: true });
    copyFileSync(join(folder, got), join(folder, own));
    rmSync(join(folder, got));
    console.log(`the task cache of ${got} is that of ${own} now`);
  }
}
