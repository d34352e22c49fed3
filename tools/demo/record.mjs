/* Records the session of the README's picture: the built program, a real geth, a real shell. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gethDev, onPath } from './dev-chain.mjs';
import { writeCast } from '../screencast/cast.mjs';
import { castFile, drawPicture, svgFile } from '../screencast/picture.mjs';
import { canRecord, openTerminal } from '../screencast/terminal.mjs';

const geth = onPath('geth');
if (geth === undefined || !canRecord()) {
  console.error('not recorded: it takes geth on PATH and script of util-linux');
  process.exit(1);
}
const program = fileURLToPath(new URL('../../apps/wemixvisor/dist/main.cjs', import.meta.url));
const size = { width: 92, height: 26 };
const home = realpathSync(mkdtempSync(join(tmpdir(), 'wemixvisor-')));
const bin = join(home, 'bin');
mkdirSync(bin);
symlinkSync(program, join(bin, 'wemixvisor'));
symlinkSync(geth, join(bin, 'geth'));
symlinkSync(process.execPath, join(bin, 'node'));
const env = {
  HOME: home,
  PATH: `${bin}:/usr/bin:/bin`,
  // A container has no other user.
  ...(process.getuid?.() === 0 && { WEMIXVISOR_ALLOW_ROOT: 'true' }),
};
/** @param {string[]} words */
const unseen = (...words) => spawnSync(join(bin, 'wemixvisor'), words, { env, encoding: 'utf8' });

const isHealthy = (/** @type {any} */ { state, health }) =>
  state === 'running' && health?.status === 'healthy';

/** @param {(status: any) => boolean} condition */
async function until(condition) {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(250)) {
    const status = JSON.parse(unseen('status', '--json').stdout);
    if (condition(status)) return status;
  }
  throw new Error('waited 60 s in vain');
}

/** Time to read what stands there. @param {number} seconds */
const read = (seconds) => sleep(seconds * 1000);

const healthy = /State: +running[^]*Health: +healthy/;

async function record() {
  const terminal = await openTerminal({ ...size, home, env });
  const { type, outputs } = terminal;
  const { args } = gethDev({ binary: 'geth', data: 'data', rpcPort: 8545 });
  const half = args.indexOf('--datadir');
  await read(1);
  await type(
    `wemixvisor start -- ${args.slice(0, half).join(' ')} \\\n    ${args.slice(half).join(' ')}`,
    /the node is running/,
  );
  const { pid, supervisor_pid: supervisor } = await until(isHealthy);
  await read(3);
  await type('wemixvisor status', healthy);
  await read(3);
  await type(`kill -9 ${pid}   # the node, as the out-of-memory killer would`, /\$ $/);
  await read(0.5);
  await type('wemixvisor explain', /it is started again/);
  await until(isHealthy);
  await read(3);
  await type('wemixvisor status', healthy);
  await read(3);
  await type(`kill -9 ${supervisor}   # now the supervisor`, /\$ $/);
  await read(1);
  await type('wemixvisor start', /took over the running node/);
  await read(2);
  await type('wemixvisor logs -n 3', /INFO/);
  await read(2);
  await type('wemixvisor stop', /the node has stopped/);
  terminal.close();
  return outputs;
}

try {
  const outputs = await record();
  const cast = writeCast({ ...size, outputs });
  const stray = outputs.find(({ data }) => data.includes(tmpdir()));
  if (stray) throw new Error(`a path of this machine is in it; record again: ${stray.data}`);
  writeFileSync(castFile, cast);
  writeFileSync(svgFile, await drawPicture());
} finally {
  unseen('stop', '--force');
  rmSync(home, { recursive: true, force: true });
}
