/*
 * How long a node does not answer at an upgrade, beside a stop, a swap and a start by a script of three lines: the median of ROUNDS (9) of each, in turns.
 *
 *   node tools/bench/upgrade-downtime.mjs [ROUNDS] [OLD NEW [NODE OPTIONS]]
 *
 * OLD and NEW are programs of geth; without them the stand-in for it is both. Without options it has a chain of its own and no network. The time is that from the last answer of the old one to the first of the new
 * one, asked every 2 ms on one connection after the other. Needs the built program.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './budget-supervisor.mjs';
import { inFolder, program } from './logs-data.mjs';
import { describeMachine } from './machine.mjs';

const fakeGeth = fileURLToPath(new URL('../testkit/programs/fake-geth.mjs', import.meta.url));
const [rounds = '9', old, next, ...options] = process.argv.slice(2);
const alone = ['--networkid', '1337', '--nodiscover', '--maxpeers', '0'];
const env = { PATH: process.env.PATH, HOME: process.env.HOME, WEMIXVISOR_ALLOW_ROOT: 'true' };

/** A geth that has just begun takes a second longer to stop, whoever stops it. */
const settledMs = 3_000;

/** Two programs that are not the same file: the second one stands in for a newer one. @param {string} folder */
function programs(folder) {
  if (old !== undefined && next !== undefined) return [old, next];
  return ['1.16.9', '1.17.5'].map((version) => {
    const file = join(folder, `geth-${version}`);
    const run = `FAKE_GETH_VERSION=${version}-stable exec ${fakeGeth} "$@"`;
    writeFileSync(file, `#!/bin/sh\n${run}\n`, { mode: 0o755 });
    return file;
  });
}

/** @param {string} data @param {number} port */
const nodeWords = (data, port) => [
  ...['--datadir', data, '--port', '0', ...(options.length > 0 ? options : alone)],
  ...['--http', '--http.port', `${port}`, ...(old === undefined ? [] : ['--authrpc.port', '0'])],
];

/** Whether the node answers. @param {number} port @returns {Promise<boolean>} */
function answers(port) {
  return new Promise((resolve) => {
    const asked = request({
      port,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    asked.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(true));
    });
    asked.on('error', () => resolve(false));
    asked.end('{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}');
  });
}

/** @param {number} port */
async function untilItAnswers(port) {
  while (!(await answers(port))) await sleep(2);
}

/** Milliseconds without an answer around a change that is under way. @param {number} port */
async function silence(port) {
  let last = performance.now();
  while (await answers(port)) {
    last = performance.now();
    await sleep(2);
  }
  await untilItAnswers(port);
  return performance.now() - last;
}

/** What an operator writes who wastes nothing: stop, wait for the end, let the link lead to the new program, start it. Both log to a file. */
const script = `
before=$1 after=$2
shift 2
ln -sfn "$before" node
./node "$@" </dev/null >>node.log 2>&1 &
read -r word
kill "$!"
wait "$!"
ln -sfn "$after" node
exec ./node "$@" </dev/null >>node.log 2>&1
`;

/** By hand: that script. */
async function byHand() {
  return inFolder(async (folder) => {
    const port = await freePort();
    const words = ['hand', ...programs(folder), ...nodeWords(join(folder, 'data'), port)];
    const shell = spawn('/bin/sh', ['-c', script, ...words], {
      env,
      cwd: folder,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await untilItAnswers(port);
    await sleep(settledMs);
    const measured = silence(port);
    shell.stdin.end('go\n');
    const ms = await measured;
    shell.kill('SIGTERM');
    await once(shell, 'exit');
    return ms;
  });
}

/** By wemixvisor: `upgrade`. */
async function byUpgrade() {
  return inFolder(async (folder) => {
    const [before = '', after = ''] = programs(folder);
    const port = await freePort();
    const home = join(folder, 'home');
    /** Not in the way of whoever asks meanwhile. @param {readonly string[]} own */
    const run = async (...own) => {
      const child = spawn(process.execPath, [program, ...own], { env, stdio: 'ignore' });
      const [status] = await once(child, 'exit');
      if (status !== 0) throw new Error(`${own.join(' ')} ended with ${status}`);
    };
    const node = nodeWords(join(folder, 'data'), port);
    await run('start', '--home', home, '--binary', before, '--', ...node);
    try {
      await sleep(settledMs);
      const measured = silence(port);
      const how = ['--home', home, '--watch', '1s', '--no-wait', '--force'];
      const [ms] = await Promise.all([measured, run('upgrade', after, ...how)]);
      return ms;
    } finally {
      await run('stop', '--home', home);
    }
  });
}

/** @param {readonly number[]} all */
const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

console.log(describeMachine());
const [hand, upgrade] = [[], []];
for (let round = 0; round < Number(rounds); round += 1) {
  hand.push(await byHand());
  upgrade.push(await byUpgrade());
}
const [a, b] = [median(hand), median(upgrade)];
console.log(`by hand ${a.toFixed(0)} ms, upgrade ${b.toFixed(0)} ms, ratio ${(b / a).toFixed(2)}`);
console.log(`by hand: ${hand.map((ms) => ms.toFixed(0)).join(' ')}`);
console.log(`upgrade: ${upgrade.map((ms) => ms.toFixed(0)).join(' ')}`);
