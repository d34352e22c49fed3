import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig, type Options } from 'tsup';
import { thirdPartyLicences } from '../../tools/config/third-party-licences.ts';
import { workerCodeInBuild } from '../../tools/config/worker-code.ts';
import type * as Manual from './manual.ts';

/** Of `package.json` the program needs the version alone; the rest would be read with every command. */
const versionAlone: NonNullable<Options['esbuildPlugins']>[number] = {
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
  const script = pathToFileURL(resolve(manual, 'manual.cjs')).href;
  const { pages } = (await import(script)) as typeof Manual;
  rmSync('dist/man', { recursive: true, force: true });
  mkdirSync('dist/man/man1', { recursive: true });
  for (const { file, content } of await pages()) writeFileSync(`dist/man/man1/${file}`, content);
}

/** What every build shares. */
const shared: Options = {
  // V8 keeps compiled code of CommonJS modules alone, and Node.js reads them sooner.
  format: ['cjs'],
  target: 'node20.19',
  // node:sea has no other name.
  removeNodeProtocol: false,
  define: { 'import.meta.dirname': '__dirname' },
  // The program needs nothing but Node: every dependency is in the bundle.
  noExternal: [/.*/],
  esbuildOptions(options) {
    options.conditions = ['@wemixvisor/source', 'module', 'import', 'node'];
    // clipanion has its ES modules under `module`; the CommonJS build is twice as large.
    options.mainFields = ['module', 'main'];
    options.resolveExtensions = ['.ts', '.mjs', '.js', '.json'];
    options.legalComments = 'linked';
    // An import() loads Node's loader of ES modules, which nothing here needs.
    options.supported = { 'dynamic-import': false };
  },
};

export default defineConfig([
  {
    // The main file with the quick commands, and what it loads: the table of a status, that of a home without a supervisor, and the whole program.
    ...shared,
    entry: {
      main: 'src/main.ts',
      program: 'src/cli.ts',
      'show-status': 'src/commands/status/show-status.ts',
      'status-text': 'src/commands/status/status-text.ts',
    },
    splitting: false,
    clean: ['!man/**'],
    esbuildPlugins: [
      versionAlone,
      workerCodeInBuild,
      thirdPartyLicences('dist/THIRD-PARTY-LICENCES.txt'),
    ],
  },
  {
    ...shared,
    entry: ['manual.ts'],
    outDir: manual,
    clean: true,
    esbuildPlugins: [versionAlone, definitionsAlone],
    onSuccess: writeManual,
  },
]);
