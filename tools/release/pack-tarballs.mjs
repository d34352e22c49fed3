/* Packs all that is published. `pnpm pack` runs `prepack`, and takes `workspace:` and the exports of the sources out of a manifest. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packages, program, root, tarballs } from './published.mjs';

rmSync(tarballs, { recursive: true, force: true });
const all = [...packages, program];
const words = [
  '--recursive',
  '--config.pnpmfile=tools/release/pnpmfile.mjs',
  ...all.flatMap(({ name }) => ['--filter', name]),
  'pack',
  '--pack-destination',
  tarballs,
];
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [join(root, 'tools/pnpm.mjs'), ...words],
  {
    encoding: 'utf8',
  },
);
const missing = all.filter(({ tarball }) => !existsSync(join(tarballs, tarball)));
if (status !== 0 || missing.length > 0) {
  console.error(`${stdout}${stderr}`);
  console.error(`not packed: ${missing.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
} else {
  console.log(`${all.length} packages are packed in tools/release/dist`);
}
