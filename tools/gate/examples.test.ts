import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { examplesIn, namesExportedBy, sourcesOf, type Example } from './examples.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
/** Here the modules of the workspace are found. */
const place = join(root, 'node_modules/.cache/examples');
const compiler = join(root, 'node_modules/typescript-native/bin/tsc');

/** An example as a module that imports what it names of its package. */
function moduleOf({ code }: Example, sources: readonly string[]): string {
  const imports = sources.flatMap((source) => {
    const named = namesExportedBy(source).filter((name) => new RegExp(`\\b${name}\\b`).test(code));
    return named.length === 0 || code.includes("from '@wemixvisor/")
      ? []
      : [`import { ${named.join(', ')} } from ${JSON.stringify(source)};`];
  });
  return `${imports.join(' ')} export {};\n${code}\n`;
}

it('every example in the documentation of a package compiles in strict mode', () => {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const examples = packages.flatMap((folder) => {
    const sources = sourcesOf(folder);
    return sources.flatMap(examplesIn).map((example) => ({ example, sources }));
  });
  expect(examples.length).toBeGreaterThan(50);
  examples.forEach(({ example, sources }, at) =>
    writeFileSync(join(place, `${at}.ts`), moduleOf(example, sources)),
  );
  writeFileSync(
    join(place, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        noUnusedLocals: false,
        typeRoots: [join(root, 'node_modules/@types')],
        paths: {
          '@wemixvisor/passthrough/*': [join(root, 'packages/passthrough/src/*.ts')],
          '@wemixvisor/*': [join(root, 'packages/*/src/index.ts')],
        },
      },
      include: ['*.ts'],
    }),
  );
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', place], { encoding: 'utf8' });
  const faults = [...stdout.matchAll(/(\d+)\.ts\(\d+,\d+\): error \w+: (.*)/g)].map(
    ([, at, message]) => {
      const { file = '', line } = examples[Number(at)]?.example ?? {};
      return `${relative(root, file)}:${line}: ${message}`;
    },
  );
  expect(faults.join('\n')).toBe('');
  expect(stdout).toBe('');
});
