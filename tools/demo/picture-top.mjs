/* Makes the pictures of `top` for the user guide: the built program on the demo's chain, on terminals of three sizes. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../testkit/src/free-port.mjs';
import { devChain } from './dev-chain.mjs';
import { screensOf } from '../screencast/screens.mjs';
import { stillOf } from '../screencast/svg.mjs';
import { canRecord, openTerminal } from '../screencast/terminal.mjs';

if (!canRecord()) {
  console.error('not made: it takes script of util-linux');
  process.exit(1);
}
const program = fileURLToPath(new URL('../../apps/wemixvisor/dist/main.cjs', import.meta.url));
const images = new URL('../../docs/images/', import.meta.url);
const sizes = [
  { width: 80, height: 24 },
  { width: 120, height: 40 },
  { width: 50, height: 12 },
];
/** Seconds for which each life of the node is watched, so that its history is seen. */
const lifeSeconds = 80;

const home = realpathSync(mkdtempSync(join(tmpdir(), 'wemixvisor-')));
const bin = join(home, 'bin');
mkdirSync(bin);
symlinkSync(program, join(bin, 'wemixvisor'));
symlinkSync(process.execPath, join(bin, 'node'));
const env = {
  HOME: home,
  PATH: `${bin}:/usr/bin:/bin`,
  // A container has no other user.
  ...(process.getuid?.() === 0 && { WEMIXVISOR_ALLOW_ROOT: 'true' }),
};
/** @param {string[]} words */
const unseen = (...words) =>
  spawnSync(join(bin, 'wemixvisor'), words, { cwd: home, env, encoding: 'utf8' });

/** What `top` shows on a terminal of this size. @param {{ width: number, height: number }} size */
async function shot(size) {
  const terminal = await openTerminal({ ...size, home, env });
  await terminal.open('wemixvisor top', /checked[^]*Memory/);
  await sleep(3_000);
  const outputs = [...terminal.outputs];
  // The command that has the terminal would outlive it otherwise.
  await terminal.type('q', /\$ $/);
  terminal.close();
  const screen = (await screensOf({ ...size, outputs })).at(-1);
  if (screen === undefined) throw new Error('nothing was shown');
  return screen;
}

try {
  const data = join(home, 'data');
  const chain = devChain({ data, rpcPort: await freePort(), p2pPort: await freePort() });
  const started = unseen('start', '--binary', chain.binary, '--', ...chain.args);
  if (started.status !== 0) throw new Error(started.stderr);
  await sleep(lifeSeconds * 1000);
  process.kill(JSON.parse(unseen('status', '--json').stdout).pid, 'SIGKILL');
  await sleep(lifeSeconds * 1000);
  for (const size of sizes) {
    const screen = await shot(size);
    const { width, height } = size;
    const title = `wemixvisor top on a terminal of ${width} columns and ${height} rows`;
    const description = screen.lines
      .map((line) => line.map(({ text }) => text).join(''))
      .join('\n');
    if (description.includes(tmpdir())) throw new Error('a path of this machine is in it');
    const picture = stillOf(screen, { ...size, title, description });
    writeFileSync(new URL(`top-${width}x${height}.svg`, images), picture);
  }
} finally {
  unseen('stop', '--force');
  rmSync(home, { recursive: true, force: true });
}
