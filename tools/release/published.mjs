/* What of the workspace is published, and under which names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where `nx run @wemixvisor/release:pack` puts the tarballs. */
export const tarballs = fileURLToPath(new URL('dist/', import.meta.url));

/** The manifest of the workspace, or that of one of its folders. @returns {Record<string, any>} */
export const readManifest = (folder = '.') =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

export const program = published('apps/wemixvisor');

export const packages = readdirSync(join(root, 'packages')).map((name) =>
  published(join('packages', name)),
);

/** @param {string} folder */
function published(folder) {
  const { name, version } = readManifest(folder);
  const tarball = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
  return { folder, name: String(name), version: String(version), tarball };
}
