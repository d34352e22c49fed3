import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig, type Options } from 'tsup';
import { thirdPartyLicences } from '../../tools/config/third-party-licences.ts';
import type * as Manual from './manual.ts';

/** What CommonJS dependencies in an ES module bundle expect to find. */
const commonJsGlobals = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
].join('\n');

/** What `main.js` loads only when it is asked for. */
const parts = {
  'run-command-line': 'src/run-command-line.ts',
  supervise: 'src/commands/supervise.ts',
  'prespawn-supervisor': 'src/control/prespawn-supervisor.ts',
  'offline-status': 'src/control/offline-status.ts',
};

const partsApart: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'parts-apart',
  setup(build) {
    const files = new Set(Object.values(parts).map((file) => resolve(file)));
    build.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) =>
      kind === 'dynamic-import' && files.has(resolve(resolveDir, path))
        ? { path: `./parts/${basename(path, '.ts')}.js`, external: true }
        : undefined,
    );
  },
};

/** Of `package.json` the program needs the version alone; the rest would be read with every command. */
export const versionAlone: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'version-alone',
  setup(build) {
    build.onLoad({ filter: /\/wemixvisor\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** The manual needs the commands' definitions, and nothing that a command loads while it runs. */
const definitionsAlone: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'definitions-alone',
  setup(build) {
    build.onResolve({ filter: /^/ }, ({ kind, path, importer }) =>
      kind === 'dynamic-import' && basename(importer) !== 'command-registry.ts'
        ? { path, external: true }
        : undefined,
    );
  },
};

/** The program that makes the manual is no part of what is published. */
const manual = 'node_modules/.cache/manual';

/** Writes the manual pages, in the folders in which man looks for them. */
async function writeManual(): Promise<void> {
  const script = pathToFileURL(resolve(manual, 'manual.js')).href;
  const { pages } = (await import(script)) as typeof Manual;
  rmSync('dist/man', { recursive: true, force: true });
  mkdirSync('dist/man/man1', { recursive: true });
  for (const { file, content } of await pages()) writeFileSync(`dist/man/man1/${file}`, content);
}

const licences = thirdPartyLicences('dist/THIRD-PARTY-LICENCES.txt');

/** What every build of the program shares. */
export const shared: Options = {
  format: ['esm'],
  target: 'node20.19',
  // node:sea has no other name.
  removeNodeProtocol: false,
  // The program needs nothing but Node: every dependency is in the bundle.
  noExternal: [/.*/],
  esbuildPlugins: [versionAlone, licences],
  esbuildOptions(options) {
    options.conditions = ['@wemixvisor/source', 'module', 'import', 'node'];
    // clipanion has its ES modules under `module`; the CommonJS build is twice as large.
    options.mainFields = ['module', 'main'];
    options.resolveExtensions = ['.ts', '.mjs', '.js', '.json'];
    options.legalComments = 'linked';
  },
};

export default defineConfig([
  {
    ...shared,
    // All of `status` in one file: each further module would cost it the time of reading half a dozen lines of /proc.
    entry: ['src/main.ts'],
    splitting: false,
    clean: ['!parts/**', '!man/**'],
    esbuildPlugins: [versionAlone, licences, partsApart],
  },
  {
    ...shared,
    entry: parts,
    outDir: 'dist/parts',
    splitting: true,
    clean: true,
    banner: { js: commonJsGlobals },
  },
  {
    ...shared,
    entry: ['manual.ts'],
    outDir: manual,
    clean: true,
    esbuildPlugins: [versionAlone, definitionsAlone],
    banner: { js: commonJsGlobals },
    onSuccess: writeManual,
  },
]);
