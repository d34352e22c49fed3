/* The program and Node.js in one file, which needs neither Node.js nor npm where it runs: `node build-executable.mjs FILE`. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../../apps/wemixvisor/bundle/', import.meta.url));
/** @type {Record<string, string>} */
const pinned = JSON.parse(
  readFileSync(new URL('node/package.json', import.meta.url), 'utf8'),
).optionalDependencies;
const initScript = fileURLToPath(new URL('../../apps/wemixvisor/init.sh', import.meta.url));
/** `--build-sea` came with 25.5. */
const oldestNode = 26;

/**
 * Makes the executable for this system from what `nx run wemixvisor:bundle` built.
 *
 * @param {string} file
 * @throws Error where there is no Node.js to put into it
 */
export function buildExecutable(file) {
  const folder = mkdtempSync(join(tmpdir(), 'wv-executable-'));
  try {
    const node = join(folder, 'node');
    const { program, licence } = nodeOfThisSystem();
    copyFileSync(program, node);
    // A fifth less to download. It has to be done before: a stripped executable does not start.
    const strip = spawnSync('strip', [node]);
    if (strip.status !== 0) console.log(`${file}: 30 MB larger, as there is no strip(1) here`);
    const licences = join(folder, 'licences');
    const others = readFileSync(join(bundle, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
    writeFileSync(licences, `${others}\n${'-'.repeat(78)}\n${licence}`);
    const settings = join(folder, 'settings.json');
    writeFileSync(
      settings,
      JSON.stringify({
        main: join(bundle, 'wemixvisor.cjs'),
        output: file,
        useCodeCache: true,
        disableExperimentalSEAWarning: true,
        assets: { 'init.sh': initScript, 'THIRD-PARTY-LICENCES.txt': licences },
      }),
    );
    run(node, ['--build-sea', settings]);
    // A changed program has to be signed anew; a name is not needed for that.
    if (process.platform === 'darwin') run('codesign', ['--force', '--sign', '-', file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function versionIn(folder) {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

/** The pinned one from npm, and on macOS, for which npm has none, the one that runs this. */
function nodeOfThisSystem() {
  if (process.platform === 'linux') {
    const place = fileURLToPath(new URL('node', import.meta.url));
    const folder = join(place, 'node_modules', `node-linux-${process.arch}`);
    if (versionIn(folder) !== pinned[`node-linux-${process.arch}`]) {
      run('npm', ['ci', '--prefix', place, '--ignore-scripts', '--no-audit', '--no-fund']);
    }
    return {
      program: join(folder, 'bin/node'),
      licence: readFileSync(join(folder, 'LICENSE'), 'utf8'),
    };
  }
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    throw new Error(`an executable for ${process.platform} is made by Node.js ${oldestNode}`);
  }
  const licence = join(process.execPath, '../../LICENSE');
  return { program: process.execPath, licence: readFileSync(licence, 'utf8') };
}

/** @param {string} program @param {string[]} words */
function run(program, words) {
  const { status, error, stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} ${words.join(' ')}: ${error?.message ?? stdout + stderr}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildExecutable(process.argv[2] ?? '');
