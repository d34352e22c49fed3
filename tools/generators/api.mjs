import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, ReflectionKind } from 'typedoc';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every entry point of every package: its name without the scope, and its source. */
const entries = readdirSync(join(root, 'packages')).flatMap((folder) => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'));
  return Object.entries(manifest.exports).flatMap(([name, { '@wemixvisor/source': source }]) =>
    source === undefined
      ? []
      : [{ name: join(folder, name), file: join(root, 'packages', folder, source) }],
  );
});

/** One page for each entry point, in tables, without what changes with every edit, as the lines of the source. */
const pages = {
  name: 'API',
  readme: 'none',
  plugin: ['typedoc-plugin-markdown'],
  router: 'module',
  basePath: root,
  disableSources: true,
  disableGit: true,
  excludeExternals: true,
  // The gate checks the types, faster.
  skipErrorChecking: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  pageTitleTemplates: { module: ({ name = '' }) => `@wemixvisor/${name}` },
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  useCodeBlocks: true,
  logLevel: 'Warn',
};

/**
 * The pages of `docs/api/`: what each name that a package exports takes, gives and throws.
 *
 * @returns {Promise<{ readonly name: string, readonly text: string }[]>}
 */
export async function apiPages() {
  const out = mkdtempSync(join(tmpdir(), 'wv-api-'));
  try {
    const entryPoints = entries.map(({ file }) => file);
    const tsconfig = join(out, 'tsconfig.json');
    const types = { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] };
    writeFileSync(
      tsconfig,
      JSON.stringify({
        extends: join(root, 'tsconfig.base.json'),
        files: entryPoints,
        compilerOptions: types,
      }),
    );
    const outputs = [{ name: 'markdown', path: join(out, 'pages') }];
    const app = await Application.bootstrapWithPlugins(
      /** @type {any} */ ({ ...pages, entryPoints, tsconfig, outputs }),
    );
    const project = await app.convert();
    if (project === undefined) throw new Error('typedoc could not read the packages');
    for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
      const source = join(root, module.name);
      const isSource = (/** @type {{ readonly file: string }} */ { file }) =>
        [`${source}.ts`, join(source, 'index.ts')].includes(file);
      module.name = entries.find(isSource)?.name ?? module.name;
    }
    await app.generateOutputs(project);
    return readdirSync(join(out, 'pages'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => ({ name, text: readFileSync(join(out, 'pages', name), 'utf8') }));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
