import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importRule } from './import-rule.mjs';

/** The package that holds a file. @param {string} file @returns {string | undefined} */
function packageOf(file) {
  const folder = dirname(file);
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest)) {
    const { name } = JSON.parse(readFileSync(manifest, 'utf8'));
    // A manifest within a package may hold only `type`.
    if (typeof name === 'string') return name;
  }
  return folder === file ? undefined : packageOf(folder);
}

/** The package whose types a package of types declares. @param {string} name */
const declaredBy = (name) =>
  name.startsWith('@types/') ? name.slice('@types/'.length).replace(/^(.*)__/, '@$1/') : name;

/**
 * Refuses an import of another package by any other name than its own: through `paths` of a tsconfig or `imports` of a
 * package.json. The boundary rule of Nx and its list of npm packages go by the name, and would not see it.
 * Within one package an alias may stand; the other rules follow it.
 */
export const noImportBehindAlias = importRule({
  description: 'Another package is imported by its own name',
  judge({ specifier, file }, from) {
    if (/^\.{0,2}\//.test(specifier) || specifier.startsWith('node:')) return undefined;
    if (file === undefined) {
      return specifier.startsWith('#')
        ? `"${specifier}" leads to no file of this package.`
        : undefined;
    }
    const found = packageOf(file);
    if (found === undefined || found === packageOf(from)) return undefined;
    const name = declaredBy(found);
    return specifier === name || specifier.startsWith(`${name}/`)
      ? undefined
      : `"${specifier}" is an alias of ${name}: import it by its own name, so that the boundary rules see it.`;
  },
});
