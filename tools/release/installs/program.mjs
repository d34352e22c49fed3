import { strictEqual } from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program, tarballs } from '../published.mjs';
import { quietInstall, run } from './run.mjs';

const fakeGeth = fileURLToPath(new URL('../../testkit/programs/fake-geth.mjs', import.meta.url));

/** What bash offers for `wemixvisor sta` once it has read the completion of the program, which is its first argument. */
const completion = `
source <("$0" completion bash)
COMP_WORDS=(wemixvisor sta) COMP_CWORD=1
_wemixvisor
echo "\${COMPREPLY[*]}"`;

/** Installs the program where nothing else is and supervises a stand-in for geth. @param {string} folder that does not exist */
export async function checkProgram(folder) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const env = { HOME: home, LC_ALL: 'C', WEMIXVISOR_ALLOW_ROOT: 'true' };
  const place = ['--global', '--prefix', join(folder, 'prefix')];
  // Offline: it needs nothing but itself.
  const words = [
    'install',
    ...place,
    '--offline',
    ...quietInstall,
    join(tarballs, program.tarball),
  ];
  await run('npm', words, { env });

  const installed = join(folder, 'prefix/bin/wemixvisor');
  /** @param {readonly string[]} args */
  const wemixvisor = (args, exits = 0) => run(installed, args, { env, exits });
  const state = async (/** @type {number} */ exits) =>
    JSON.parse(await wemixvisor(['status', '--json'], exits)).state;
  strictEqual((await wemixvisor(['version'])).trim(), program.version);
  strictEqual((await run('bash', ['-c', completion, installed], { env })).trim(), 'start status');
  try {
    await wemixvisor(['start', '--binary', fakeGeth, '--', '--datadir', join(folder, 'data')]);
    strictEqual(await state(0), 'running');
    await wemixvisor(['stop']);
    strictEqual(await state(3), 'stopped');
  } finally {
    await wemixvisor(['stop', '--force']);
  }
  console.log(`the program: installed, completed in bash, a node started and stopped`);
}
