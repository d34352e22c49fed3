/* The pages of docs/api: what each entry point of each package exports, written by typedoc from its TSDoc. */
import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, Comment, CommentTag, Converter, ReflectionKind } from 'typedoc';
import { load as markdown, ModuleRouter } from 'typedoc-plugin-markdown';
// @ts-expect-error The package has no types.
import { load as missingExports } from 'typedoc-plugin-missing-exports';

/**
 * An entry point of a package.
 *
 * @typedef {object} Entry
 * @property {string} name As it is imported.
 * @property {string} folder Of its package.
 * @property {string} source Below `packages`, without its ending.
 * @property {string} description Of its package.
 */

/**
 * All pages of docs/api. They are left as typedoc writes them: in an aligned table one changed cell is a change of every line.
 *
 * @param {string} root Of the workspace.
 */
export async function apiPages(root) {
  // TypeScript names its files by their real path, and the temporary folder of macOS is behind a link.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wemixvisor-api-')));
  try {
    const entries = readEntries(root);
    writeDeclarations(root, folder, entries);
    const pages = await renderPages(folder, entries);
    return pages.map(({ name, text }) => ({ name, text: tidied(text, pages) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} root @returns {readonly Entry[]} */
function readEntries(root) {
  const packages = join(root, 'packages');
  return readdirSync(packages).flatMap((folder) => {
    const { name, description, exports } = JSON.parse(
      readFileSync(join(packages, folder, 'package.json'), 'utf8'),
    );
    const found = Object.entries(exports).flatMap(([key, { '@wemixvisor/source': file }]) =>
      file === undefined
        ? []
        : {
            name: join(name, key),
            folder,
            source: join(folder, file).replace(/\.ts$/, ''),
            description,
          },
    );
    // A type that several entries use is on the page of the one that is read last: the most general one.
    return found.reverse();
  });
}

/**
 * Writes the declarations of all entries, without bodies and without libraries that are used inside: typedoc, which reads by
 * the TypeScript that is not native, has a quarter to read and takes half the time.
 *
 * @param {string} root
 * @param {string} folder
 * @param {readonly Entry[]} entries
 */
function writeDeclarations(root, folder, entries) {
  const base = { extends: join(root, 'tsconfig.base.json') };
  const compilerOptions = { noEmit: true, typeRoots: [join(root, 'node_modules/@types')] };
  const emit = {
    ...base,
    compilerOptions: {
      ...compilerOptions,
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      noCheck: true,
      rootDir: join(root, 'packages'),
      outDir: folder,
    },
    files: entries.map(({ source }) => join(root, 'packages', `${source}.ts`)),
  };
  const read = { ...base, compilerOptions, files: entries.map(({ source }) => `${source}.d.ts`) };
  writeFileSync(join(folder, 'emit.json'), JSON.stringify(emit));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(read));
  const tsc = join(root, 'node_modules/typescript-native/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(folder, 'emit.json')], { stdio: 'inherit' });
}

/** One page for each entry point, and one for each namespace in it. */
class PageRouter extends ModuleRouter {
  /** @override @param {import('typedoc').Reflection} reflection @returns {string} */
  getIdealBaseName(reflection) {
    const { parent } = reflection;
    const name = reflection.name.replace('@wemixvisor/', '').replaceAll('/', '-');
    return parent === undefined || parent.isProject()
      ? name
      : `${this.getIdealBaseName(parent)}-${name}`;
  }
}

/** @param {string} folder @param {readonly Entry[]} entries */
async function renderPages(folder, entries) {
  const app = await Application.bootstrapWithPlugins({
    ...looks,
    plugin: [markdown, missingExports],
    entryPoints: entries.map(({ source }) => join(folder, `${source}.d.ts`)),
    basePath: folder,
    tsconfig: join(folder, 'tsconfig.json'),
    skipErrorChecking: true,
    logLevel: 'Warn',
  });
  app.renderer.defineRouter('page', PageRouter);
  introduceModules(app.converter, entries);
  const project = await app.convert();
  if (project === undefined) throw new Error('typedoc made nothing of the packages');
  app.validate(project);
  const out = join(folder, 'pages');
  app.options.setValue('out', out);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) {
    throw new Error('typedoc has something to say of the TSDoc: see above');
  }
  return readdirSync(out).map((name) => ({ name, text: readFileSync(join(out, name), 'utf8') }));
}

const furtherTypes = 'Further types';
const aboutFurtherTypes = [
  'What the exports above are made of. These names cannot be imported, but each type can be taken from an export,',
  'as with `Parameters<typeof …>` and `ReturnType<typeof …>`.',
].join(' ');

/** @type {import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions & { placeInternalsInOwningModule: boolean }} */
const looks = {
  name: 'The packages',
  readme: 'none',
  router: 'page',
  // Lines and paths change with each edit.
  disableSources: true,
  excludeExternals: true,
  // A comment of Node's, on a function that is the type of a port.
  externalSymbolLinkMappings: { '@types/node': { '"fs".ftruncate': '#' } },
  placeInternalsInOwningModule: true,
  sort: ['source-order'],
  groupOrder: [
    ...['Functions', 'Variables', 'Namespaces', 'Classes', 'Interfaces', 'Type Aliases'],
    ...['Constructors', 'Properties', 'Methods', '*', furtherTypes],
  ],
  hideGenerator: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandParameters: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  indexFormat: 'table',
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true },
  // Anchors of headings depend on who shows the page, and two headings may have the same.
  useHTMLAnchors: true,
  anchorPrefix: 'api-',
};

/**
 * Names each module as it is imported, says what it is, and sets apart the types that its exports refer to and that are not
 * exported.
 *
 * @param {Converter} converter
 * @param {readonly Entry[]} entries
 */
function introduceModules(converter, entries) {
  /** @type {Set<import('typedoc').Reflection>} */
  const exported = new Set();
  const modulesOf = (/** @type {import('typedoc').ProjectReflection} */ project) =>
    project.getChildrenByKind(ReflectionKind.Module);
  converter.on(
    Converter.EVENT_RESOLVE_BEGIN,
    ({ project }) => {
      for (const child of modulesOf(project).flatMap(({ children = [] }) => children)) {
        exported.add(child);
      }
    },
    // Before those types are added.
    2e9,
  );
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      if (reflection.isParameter() && reflection.name === '__namedParameters') {
        reflection.name = 'options';
      }
    }
    for (const module of modulesOf(project)) {
      const entry = entries.find(({ source }) => source.replace('/index', '') === module.name);
      if (entry === undefined) throw new Error(`${module.name} is no entry point`);
      introduce(module, entry);
      const further = (module.children ?? []).filter((child) => !exported.has(child));
      for (const child of further) addTag(child, '@group', furtherTypes);
      // What is said of a group that is empty is a warning.
      if (further.length > 0) {
        addTag(module, '@groupDescription', `${furtherTypes}\n${aboutFurtherTypes}`);
      }
    }
  });
  converter.on(Converter.EVENT_END, ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      if (!reflection.isDeclaration() && !reflection.isSignature()) continue;
      delete reflection.inheritedFrom;
      delete reflection.overwrites;
    }
  });
}

/** @param {import('typedoc').DeclarationReflection} module @param {Entry} entry */
function introduce(module, { name, folder, description }) {
  module.name = name;
  module.comment ??= new Comment([{ kind: 'text', text: `${description}.` }]);
  const readme = `[README](../../packages/${folder}/README.md)`;
  module.comment.summary.push({
    kind: 'text',
    text: `\n\nBehaviour and error codes are in the ${readme}.`,
  });
}

/** @param {import('typedoc').Reflection} reflection @param {`@${string}`} tag @param {string} text */
function addTag(reflection, tag, text) {
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push(new CommentTag(tag, [{ kind: 'text', text }]));
}

/**
 * A page without the anchors that no page links to, and without blanks at the end of its lines.
 *
 * @param {string} text
 * @param {readonly { readonly text: string }[]} pages
 */
function tidied(text, pages) {
  const isUsed = (/** @type {string} */ id) =>
    pages.some((other) => other.text.includes(`#${id})`));
  return text
    .replaceAll(/<a id="([^"]+)"><\/a>\s*/g, (anchor, id) => (isUsed(id) ? anchor : ''))
    .replaceAll(/ +$/gm, '');
}
