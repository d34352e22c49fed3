// Checks the tarball that would be published from the current folder: its manifest (publint) and its types (attw).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wemixvisor-pack-'));
/** @param {string} command @param {string[]} args */
const run = (command, args) => execFileSync(command, args, { stdio: 'inherit' });

try {
  execFileSync(
    process.execPath,
    [
      join(root, 'tools/pnpm.mjs'),
      '--silent',
      '--dir',
      process.cwd(),
      'pack',
      '--pack-destination',
      folder,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [tarball] = readdirSync(folder).map((name) => resolve(folder, name));
  if (tarball === undefined) throw new Error('pnpm pack wrote no tarball');
  const { exports, name } = JSON.parse(readFileSync('package.json', 'utf8'));
  run(join(root, 'node_modules/.bin/publint'), ['--strict', tarball]);
  if (exports !== undefined) {
    run(join(root, 'node_modules/.bin/attw'), [
      '--profile',
      'esm-only',
      '--format',
      'ascii',
      tarball,
    ]);
  }
  console.log(`${name}: the package is sound`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
