/* Finds what a file imports, and the file behind each import, as TypeScript does: paths, `imports`, conditions. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import ts from 'typescript';

/**
 * One import of a file, whatever its form: static, type-only, dynamic, re-export or `require`.
 *
 * @typedef {object} Import
 * @property {string} specifier As it is written.
 * @property {string | undefined} file The file that it leads to; undefined for Node's own modules and what does not exist.
 * @property {number} offset Where the specifier begins in the text.
 */

/** @typedef {{ options: ts.CompilerOptions, cache: ts.ModuleResolutionCache }} Settings */

/** @type {Map<string, Settings>} */
const settingsByFolder = new Map();
/** @type {Map<string | undefined, Settings>} */
const settingsByConfig = new Map();

/** @param {string} folder */
function settingsOf(folder) {
  const known = settingsByFolder.get(folder);
  if (known !== undefined) return known;
  const config = ts.findConfigFile(folder, ts.sys.fileExists);
  // The folders of a project share what is found on the way to a package.
  const settings = settingsByConfig.get(config) ?? readSettings(config, folder);
  settingsByConfig.set(config, settings);
  settingsByFolder.set(folder, settings);
  return settings;
}

/** @param {string | undefined} config @param {string} folder */
function readSettings(config, folder) {
  const options =
    config === undefined
      ? {}
      : ts.parseJsonConfigFileContent(
          ts.readConfigFile(config, ts.sys.readFile).config,
          // Only the options count here, so the files of the project are not listed.
          { ...ts.sys, readDirectory: () => [] },
          dirname(config),
        ).options;
  const root = config === undefined ? folder : dirname(config);
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  return { options: { ...options, allowJs: true }, cache };
}

/** @param {string} file @param {string} text @returns {Import[]} */
function findImports(file, text) {
  const { options, cache } = settingsOf(dirname(file));
  const mode =
    file.endsWith('.cts') || file.endsWith('.cjs') ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext;
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName, pos }) => ({
    specifier: fileName,
    offset: pos,
    file: ts.resolveModuleName(fileName, file, options, ts.sys, cache, undefined, mode)
      .resolvedModule?.resolvedFileName,
  }));
}

/** @type {Map<string, { text: string, imports: readonly Import[] }>} */
const read = new Map();

/**
 * The imports of a file. A file is read once in a process, so that linting many files costs one pass; the text that a
 * linter has in hand replaces what was read.
 *
 * @param {string} file An absolute path.
 * @param {string} [text] What the file holds, where the caller knows.
 */
export function importsOf(file, text) {
  const known = read.get(file);
  if (known !== undefined && (text === undefined || text === known.text)) return known.imports;
  const content = text ?? readFileSync(file, 'utf8');
  const imports = findImports(file, content);
  read.set(file, { text: content, imports });
  return imports;
}

/** Whether a file is source of this workspace and neither a dependency nor data. @param {string} file */
export const isSource = (file) =>
  /\.[cm]?[jt]s$/.test(file) && !/\.d\.[cm]?ts$/.test(file) && !file.includes('/node_modules/');

/**
 * The way from one file to another over imports, shortest first; undefined where there is none.
 *
 * @param {string} from
 * @param {string} to
 */
export function importPath(from, to) {
  /** @type {Map<string, string | undefined>} */
  const cameFrom = new Map([[from, undefined]]);
  for (const file of cameFrom.keys()) {
    if (file === to) return backFrom(file, cameFrom);
    for (const next of importsOf(file)) {
      if (next.file !== undefined && isSource(next.file) && !cameFrom.has(next.file))
        cameFrom.set(next.file, file);
    }
  }
  return undefined;
}

/** @param {string} file @param {ReadonlyMap<string, string | undefined>} cameFrom */
function backFrom(file, cameFrom) {
  const path = [];
  for (let at = /** @type {string | undefined} */ (file); at !== undefined; at = cameFrom.get(at))
    path.unshift(at);
  return path;
}
