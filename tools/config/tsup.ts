import { rolldown, type Plugin } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import { defineConfig, type Options } from 'tsup';
import { workerCodeInBuild } from './worker-code.ts';

/** Builds a publishable package: ES modules and their types. */
export function packageBuild({ entry = ['src/index.ts'] }: { readonly entry?: string[] } = {}) {
  const options: Options = {
    entry,
    format: ['esm'],
    target: 'node20.19',
    clean: true,
    esbuildPlugins: [workerCodeInBuild],
    onSuccess: () => bundleTypes(entry),
  };
  return defineConfig(options);
}

/**
 * Writes the declarations of each entry as one file. They are read off the source, file by file: what can be seen from
 * outside states its types, and nothing has to be inferred, which takes a type check of seconds.
 */
async function bundleTypes(input: string[]): Promise<void> {
  const bundle = await rolldown({
    input,
    external: /^[^./]/,
    plugins: [dts({ oxc: true, emitDtsOnly: true, tsconfig: false }), alignedComments],
  });
  await bundle.write({ dir: 'dist', format: 'es' });
}

/** Puts the asterisks of a comment below each other again. */
const alignedComments: Plugin = {
  name: 'aligned-comments',
  renderChunk: (code) => code.replaceAll(/^( *)\*(?=[ /]|$)/gm, '$1 *'),
};
