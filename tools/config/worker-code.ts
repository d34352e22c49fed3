import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Options } from 'tsup';
import type { Plugin } from 'vitest/config';

/** The module whose one export is the text of the program beside it, `worker.ts`. */
const place = /[\\/]worker-code\.ts$/;
const bundled = new Map<string, Promise<string>>();

/** The program of a worker thread as a module that exports it as one text, bundled once. */
function workerModule(path: string): Promise<string> {
  const known = bundled.get(path) ?? bundle(join(dirname(path), 'worker.ts'));
  bundled.set(path, known);
  return known;
}

async function bundle(input: string): Promise<string> {
  const build = await rolldown({ input, platform: 'node' });
  const { output } = await build.generate({ format: 'cjs', minify: true });
  await build.close();
  return `export const workerCode = ${JSON.stringify(output[0].code)};`;
}

/** Puts the program of a worker thread where the source has none, in a build. */
export const workerCodeInBuild: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'worker-code',
  setup(build) {
    build.onLoad({ filter: place }, async ({ path }) => ({ contents: await workerModule(path) }));
  },
};

/** The same in tests, which run the source. */
export const workerCodeInTests: Plugin = {
  name: 'worker-code',
  enforce: 'pre',
  load: (id) => (place.test(id) ? workerModule(id) : null),
};
