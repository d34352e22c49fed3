import { deepStrictEqual, ok } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packages, readManifest, root, tarballs } from '../published.mjs';
import { importingAll, tsconfig } from './consumer.mjs';
import { quietInstall, run } from './run.mjs';

/** Everything that a user of the packages can import. */
const entries = packages.flatMap(({ folder, name }) =>
  Object.keys(readManifest(folder).exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => name + entry.slice(1)),
);

/** Installs all packages in one project and imports each entry in every way that is promised. @param {string} folder that does not exist */
export async function checkPackages(folder) {
  mkdirSync(folder);
  const write = (/** @type {string} */ file, /** @type {unknown} */ content) =>
    writeFileSync(
      join(folder, file),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  write('package.json', { private: true, type: 'module' });
  const types = `@types/node@${readManifest().devDependencies['@types/node']}`;
  const files = packages.map(({ tarball }) => join(tarballs, tarball));
  await run('npm', ['install', '--prefer-offline', ...quietInstall, ...files, types], {
    cwd: folder,
  });

  write('by-import.mjs', byImport);
  write('by-require.cjs', byRequire);
  const names = await run(process.execPath, ['by-import.mjs', ...entries], { cwd: folder });
  const required = await run(process.execPath, ['by-require.cjs', ...entries], { cwd: folder });
  deepStrictEqual(JSON.parse(required), JSON.parse(names));

  const { modules, commonJs, count } = importingAll(JSON.parse(names));
  ok(count > entries.length);
  write('modules.mts', modules);
  write('common-js.cts', commonJs);
  write('nodenext.json', tsconfig('nodenext', ['modules.mts', 'common-js.cts']));
  write('bundler.json', tsconfig('bundler', ['modules.mts']));
  const tsc = join(root, 'node_modules/typescript-native/bin/tsc');
  for (const project of ['nodenext.json', 'bundler.json']) {
    await run(process.execPath, [tsc, '-p', project], { cwd: folder });
  }
  console.log(
    `the packages: ${count} names of ${entries.length} entries, by import, require and type`,
  );
}

/** Prints the names that each entry of the command line exports. */
const byImport = `
const names = {};
for (const entry of process.argv.slice(2)) names[entry] = Object.keys(await import(entry)).sort();
console.log(JSON.stringify(names));
`;
const byRequire = byImport.replace('await import(entry)', 'require(entry)');
