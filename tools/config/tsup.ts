import { defineConfig, type Options } from 'tsup';

/** Builds a publishable package: one ES module and its types. */
export function packageBuild(overrides: Options = {}) {
  return defineConfig({
    entry: ['src/index.ts'],
    format: ['esm'],
    target: 'node20.19',
    clean: true,
    sourcemap: true,
    // tsup's types build sets baseUrl, which TypeScript 6 calls deprecated.
    dts: { compilerOptions: { ignoreDeprecations: '6.0', noEmit: false } },
    ...overrides,
  });
}
