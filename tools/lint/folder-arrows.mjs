import { relative, sep } from 'node:path';
import { importRule } from './import-rule.mjs';
import { isSource } from './module-graph.mjs';

/**
 * @typedef {object} Arrows
 * @property {string} root The folder whose folders these are, as an absolute path.
 * @property {Readonly<Record<string, readonly string[]>>} folders Each folder, and the others that it may import.
 * @property {readonly string[]} shared The files beside the folders that every folder may import, without their ending.
 * @property {Readonly<Record<string, readonly string[]>>} packages The only folders that may import an npm package.
 */

/** The first part of a path below the root, without an ending; undefined outside. @param {string} root @param {string} file */
function placeIn(root, file) {
  const path = relative(root, file);
  return path.startsWith('..')
    ? undefined
    : (path.split(sep)[0] ?? '').replace(/(\.test)?\.[^.]+$/, '');
}

/** @param {string} root @param {string} file */
const isFolder = (root, file) => relative(root, file).includes(sep);

/** Keeps the imports between the folders of a project one-way, and refuses a folder that has no rule. */
export const folderArrows = importRule({
  description: 'The arrows between the folders of a project point one way',
  schema: [{ type: 'object' }],
  judge({ specifier, file }, from, /** @type {Arrows} */ { root, folders, shared, packages }) {
    const here = placeIn(root, from);
    if (here === undefined || !isFolder(root, from)) return undefined;
    const allowed = folders[here];
    if (allowed === undefined)
      return `${here}/ has no rule: list it, and what it may import, in eslint.config.mjs.`;
    if (packages[specifier]?.includes(here) === false) {
      return `${specifier} may be imported in ${packages[specifier].map((each) => `${each}/`).join(', ')} only.`;
    }
    if (file === undefined || !isSource(file)) return undefined;
    const there = placeIn(root, file);
    if (there === undefined || there === here || [...allowed, ...shared].includes(there))
      return undefined;
    return `${here}/ may not import ${relative(root, file)}, only ${[...allowed.map((each) => `${each}/`), ...shared].join(', ')}.`;
  },
});
