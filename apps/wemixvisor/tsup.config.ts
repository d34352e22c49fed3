import { defineConfig } from 'tsup';

/** What CommonJS dependencies in an ES module bundle expect to find. */
const commonJsGlobals = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
].join('\n');

export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  target: 'node20.19',
  clean: true,
  splitting: true,
  // The program needs nothing but Node: every dependency is in the bundle.
  noExternal: [/.*/],
  banner: { js: commonJsGlobals },
  esbuildOptions(options) {
    options.conditions = ['@wemixvisor/source', 'module', 'import', 'node'];
    // clipanion has its ES modules under `module`; the CommonJS build doubles main.js.
    options.mainFields = ['module', 'main'];
    options.resolveExtensions = ['.ts', '.mjs', '.js', '.json'];
    options.legalComments = 'linked';
  },
});
