/* The program and Node.js in one file, which needs neither Node.js nor npm where it runs: `node build-executable.mjs FILE`. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../apps/wemixvisor/dist/', import.meta.url));
const initScript = fileURLToPath(new URL('../../apps/wemixvisor/init.sh', import.meta.url));
const place = fileURLToPath(new URL('node/', import.meta.url));
const postject = join(place, 'node_modules/postject/dist/cli.js');
const mac = process.platform === 'darwin';

/** What the main file loads by name, with the code that V8 compiled for it in an earlier run. */
const parts = ['program.cjs', 'show-status.cjs', 'status-text.cjs'];

/** Marks a Node.js that contains a program: a constant of Node's, as are the names below. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/**
 * Makes the executable for this system from what `nx run wemixvisor:build` built.
 *
 * @param {string} file
 * @throws Error where there is no Node.js to put into it
 */
export function buildExecutable(file) {
  const folder = mkdtempSync(join(dirname(file), '.wemixvisor-'));
  try {
    const { node, licence } = nodeOfThisSystem();
    const made = join(folder, 'wemixvisor');
    copyFileSync(node, made);
    strip(made);
    const blob = blobOf(node, licence, folder);
    const where = ['--sentinel-fuse', fuse, ...(mac ? ['--macho-segment-name', 'NODE_SEA'] : [])];
    run(process.execPath, [postject, made, 'NODE_SEA_BLOB', blob, ...where]);
    // A changed program has to be signed anew; a name is not needed for that.
    if (mac) run('codesign', ['--sign', '-', made]);
    renameSync(made, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A quarter less to download. It has to be done before the program is put in: after that, what is stripped does not start. @param {string} program */
function strip(program) {
  if (mac) run('codesign', ['--remove-signature', program]);
  else if (spawnSync('strip', [program]).status !== 0) {
    console.log('the executable is 30 MB larger, as there is no strip(1) here');
  }
}

/** The file that Node.js makes of the program and of the files that it reads. @param {string} node @param {string} licence @param {string} folder */
function blobOf(node, licence, folder) {
  const output = join(folder, 'blob');
  const settings = join(folder, 'settings');
  const licences = join(folder, 'licences');
  const others = readFileSync(join(built, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
  writeFileSync(licences, `${others}\n${'-'.repeat(78)}\n${licence}`);
  const what = {
    main: join(built, 'main.cjs'),
    output,
    useCodeCache: true,
    disableExperimentalSEAWarning: true,
    assets: {
      'init.sh': initScript,
      'THIRD-PARTY-LICENCES.txt': licences,
      ...Object.assign({}, ...parts.map((name) => partOf(node, name, folder))),
    },
  };
  writeFileSync(settings, JSON.stringify(what));
  run(node, ['--experimental-sea-config', settings]);
  return output;
}

/** A part of the program, and what V8 compiles of it before it runs, for where nothing can be kept. @param {string} node @param {string} name @param {string} folder */
function partOf(node, name, folder) {
  const file = join(built, name);
  const code = join(folder, `${name}.code`);
  const compile = `const [, file, code] = process.argv;
const text = module.constructor.wrap(fs.readFileSync(file, 'latin1'));
fs.writeFileSync(code, new vm.Script(text).createCachedData());`;
  run(node, ['-e', compile, file, code]);
  return { [name]: file, [`${name}.code`]: code };
}

/** The pinned one from npm, and on macOS, for which npm has none, the one that runs this. */
function nodeOfThisSystem() {
  const name = `node-linux-${process.arch}`;
  const folder = join(place, 'node_modules', name);
  if (!existsSync(join(place, 'node_modules')) || (!mac && versionIn(folder) !== pinned(name))) {
    run('npm', ['ci', '--prefix', place, '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  const node = mac ? process.execPath : join(folder, 'bin/node');
  const licence = mac ? join(process.execPath, '../../LICENSE') : join(folder, 'LICENSE');
  return { node, licence: readFileSync(licence, 'utf8') };
}

/** @param {string} folder */
function versionIn(folder) {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

/** @param {string} name */
const pinned = (name) =>
  JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')).optionalDependencies[name];

/** Its error has what the program said. @param {string} program @param {string[]} words */
const run = (program, words) => execFileSync(program, words, { stdio: 'pipe' });

if (process.argv[1] === fileURLToPath(import.meta.url)) buildExecutable(process.argv[2] ?? '');
