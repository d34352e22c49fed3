// `npm run demo`: the main job of wemixvisor on a real Ethereum dev chain, in a throw-away home.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../testkit/src/free-port.mjs';
import { devChain } from './dev-chain.mjs';
import { screenOf } from './screen-of.mjs';

const program = fileURLToPath(new URL('../../apps/wemixvisor/dist/main.cjs', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'wemixvisor-demo-'));
const chain = devChain({
  data: join(home, 'data'),
  rpcPort: await freePort(),
  p2pPort: await freePort(),
});
// Its register, too, goes with the home: ps would miss it later.
const env = { ...process.env, WEMIXVISOR_HOME: home, XDG_STATE_HOME: join(home, 'state') };

const bold = (/** @type {string} */ text) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[0m` : text;
const tell = (/** @type {string} */ text) => console.log(`\n${bold(`— ${text}`)}`);

/** @param {string[]} words */
function wemixvisor(...words) {
  console.log(`$ wemixvisor ${words.join(' ')}`);
  const { status } = spawnSync(process.execPath, [program, ...words], { env, stdio: 'inherit' });
  return status;
}

/** The status, without printing it. */
function status() {
  const { stdout } = spawnSync(process.execPath, [program, 'status', '--json'], { env });
  return JSON.parse(stdout.toString());
}

async function head() {
  const body = { jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] };
  const answer = await fetch(chain.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return Number(/** @type {{ result: string }} */ (await answer.json()).result);
}

/**
 * @param {string} what
 * @param {() => Promise<boolean> | boolean} look
 */
async function until(what, look) {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(250)) {
    if (await Promise.resolve(look()).catch(() => false)) return;
  }
  throw new Error(`waited 60 s in vain until ${what}`);
}

/** The screen of `top` as it stands on a terminal of the usual size, also where this output is none. */
async function showTop() {
  console.log('$ wemixvisor top');
  const size = { columns: 80, rows: 24 };
  const top = { file: process.execPath, args: [program, 'top'], env, ...size };
  const lines = await screenOf(top, /RUNNING +healthy[^]*\nMemory [^]*\n─ Log ─[^]*\d:\d\d/);
  if (lines !== undefined) console.log(lines.join('\n'));
  else console.log('not shown: node-pty has no binary for this platform; run it in a terminal');
}

function leave() {
  spawnSync(process.execPath, [program, 'stop', '--force'], { env, stdio: 'ignore' });
  rmSync(home, { recursive: true, force: true });
}

process.on('SIGINT', () => {
  leave();
  process.exit(130);
});

try {
  tell(`a real Ethereum dev chain (${chain.name}) in the throw-away home ${home}`);
  const options = ['--binary', chain.binary, '--rpc-url', chain.rpcUrl, '--workdir', home];
  const timing = ['--restart-delay', '1s', '--health-check-interval', '1s', '--min-peers', '0'];
  if (wemixvisor('start', ...options, ...timing, '--', ...chain.args) !== 0) {
    throw new Error('the node did not start');
  }

  tell('its head moves');
  const first = await head();
  await until('the head has moved', async () => (await head()) > first);
  await until(
    'a health check has seen it',
    () => status().health?.checks.sync_status.current_block > 0,
  );
  wemixvisor('status');

  const { pid } = status();
  const before = await head();
  tell(`the node is killed with SIGKILL (pid ${pid}, block ${before}), as the OOM killer would`);
  process.kill(pid, 'SIGKILL');
  await until('the node is back', () => {
    const now = status();
    return now.state === 'running' && now.pid !== pid;
  });
  await until('its chain has gone on', async () => (await head()) > before);
  console.log(`it is back by itself: pid ${status().pid}, block ${await head()}`);

  tell('its log, from both lives');
  wemixvisor('logs', '-n', '30');

  tell('what happened, when, why, and what was done');
  wemixvisor('explain');

  tell('the same live, on the whole terminal: its screen of this moment');
  await showTop();

  tell('a clean stop');
  wemixvisor('stop');

  tell('to go on with your own node');
  console.log(`alias wemixvisor='node ${program}'
wemixvisor start -- --datadir /data --http     # geth or gwemix from PATH, or --binary FILE
wemixvisor status
wemixvisor logs -f
wemixvisor restart -- --datadir /data --http --maxpeers 100
wemixvisor stop`);
} finally {
  leave();
}
