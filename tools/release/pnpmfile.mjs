/* Read by `pnpm pack` of pack-tarballs.mjs alone: a pnpmfile of the workspace would have a part in each install. */
import { relative } from 'node:path';
import { publishedManifest } from './published-manifest.mjs';
import { readManifest, root } from './published.mjs';

export const hooks = {
  /** @param {Record<string, any>} manifest @param {string} folder */
  beforePacking: (manifest, folder) =>
    publishedManifest(manifest, relative(root, folder), readManifest()),
};
