/** @typedef {Readonly<Record<string, any>>} Manifest */

/**
 * Where the source is published, from the manifest of the workspace; undefined as long as it says nothing.
 *
 * @param {Manifest} workspace
 * @returns {{ readonly git: string, readonly web: string } | undefined}
 */
export function repositoryOf({ repository }) {
  const said = typeof repository === 'string' ? repository : repository?.url;
  if (said === undefined) return undefined;
  const web = said.replace(/^git\+/, '').replace(/\.git$/, '');
  if (!/^https:\/\/[^/]+\/[^/]+\/[^/]+$/.test(web)) {
    throw new Error(
      `"repository" of the workspace's package.json is ${said}: write https://HOST/OWNER/NAME`,
    );
  }
  return { git: `git+${web}.git`, web };
}

/**
 * A manifest as it is published: without what only the workspace needs, and with the places that the workspace's manifest has for all.
 *
 * @param {Manifest} manifest
 * @param {string} folder within the repository
 * @param {Manifest} workspace
 * @returns {Manifest}
 */
export function publishedManifest(manifest, folder, workspace) {
  const { devDependencies: _development, nx: _nx, scripts: _scripts, ...rest } = manifest;
  const repository = repositoryOf(workspace);
  if (repository === undefined) return rest;
  const { git, web } = repository;
  return {
    ...rest,
    homepage: `${web}/tree/main/${folder}#readme`,
    bugs: `${web}/issues`,
    repository: { type: 'git', url: git, directory: folder },
  };
}
