/* A node under the built program, for the budgets: started, looked at, stopped. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inFolder, program } from './logs-data.mjs';

const fakeGeth = fileURLToPath(new URL('../testkit/programs/fake-geth.mjs', import.meta.url));
// Without NODE_EXTRA_CA_CERTS, which costs Node 20 some 37 ms at every start.
const env = { PATH: process.env.PATH, HOME: process.env.HOME };
/** Milliseconds within which whatever is waited for must have come. */
const patienceMs = 60_000;

/** The stand-in for geth, as a node of a home that answers over HTTP. */
export const standIn = (home) => [
  ...['--binary', fakeGeth, '--', '--datadir', join(home, 'data')],
  ...['--http', '--http.port', '0'],
];

/** Runs this Node on some words: its milliseconds. */
export function node(...words) {
  return timed(process.execPath, ...words);
}

/** Runs a Node on some words: its milliseconds. */
export function timed(executable, ...words) {
  const start = performance.now();
  const stdio = ['ignore', 'ignore', 'pipe'];
  const { status, stderr } = spawnSync(executable, words, { env, stdio, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

/** Runs a command of the built program on a home: its milliseconds. */
export function wemixvisor(home, command, ...words) {
  return node(program, command, '--home', home, ...words);
}

/** Starts a home's node: milliseconds until `start` returns. */
export function start(home, ...words) {
  return wemixvisor(home, 'start', '--allow-root', ...words);
}

/** Runs some work on a node that is up, and stops the node afterwards. */
export function withNode(work, options = []) {
  return inFolder(async (home) => {
    start(home, ...options, ...standIn(home));
    try {
      return await work(home);
    } finally {
      wemixvisor(home, 'stop');
    }
  });
}

/** Waits until something is there, and returns it. */
export async function until(what, look) {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const seen = look();
    if (seen !== undefined) return seen;
    await sleep(5);
  }
  throw new Error(`waited ${patienceMs / 1000} s in vain for ${what}`);
}

/** Waits for a home to be as something wants it, and returns its status. */
export function untilStatus(home, isWanted) {
  return until('the status', () => {
    const words = [program, 'status', '--json', '--home', home];
    const status = JSON.parse(spawnSync(process.execPath, words, { env }).stdout);
    return isWanted(status) ? status : undefined;
  });
}

/** The events of a kind in a home's journal. */
export function journalled(home, kind) {
  const lines = readFileSync(join(home, 'logs', 'wemixvisor.log'), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ event }) => event === kind);
}
