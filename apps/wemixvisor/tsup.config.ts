import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/main.ts'],
  format: ['esm'],
  target: 'node20.19',
  clean: true,
  splitting: true,
  // The program needs nothing but Node: every dependency is in the bundle.
  noExternal: [/.*/],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  esbuildOptions(options) {
    options.conditions = ['@wemixvisor/source', 'module', 'import', 'node'];
    // clipanion has its ES modules under `module`; the CommonJS build doubles main.js.
    options.mainFields = ['module', 'main'];
    options.resolveExtensions = ['.ts', '.mjs', '.js', '.json'];
    options.legalComments = 'linked';
  },
});
