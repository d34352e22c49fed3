#!/usr/bin/env node
/*
 * A scriptable stand-in for geth: same flags, log format, RPC, exit codes and signals, nothing else.
 *
 * Environment (all optional):
 *   FAKE_GETH_VERSION         its version; gwemix-0.10.9-stable = a gwemix  1.16.9-stable
 *   FAKE_GETH_FATAL           "Fatal: <text>" at start, exit 1
 *   FAKE_GETH_START_MS        time until it is ready; signals kill it at once before that       0
 *   FAKE_GETH_STOP_MS         time a clean stop takes; "never" = ignores SIGTERM                0
 *   FAKE_GETH_STOP_WRITES     "yes" = it says all that time that it writes its cached state     no
 *   FAKE_GETH_CRASH_AFTER_MS  dies that long after it is ready, with FAKE_GETH_EXIT_CODE        1
 *   FAKE_GETH_RPC             on | hang | off | error | garbage | nobatch                       on
 *   FAKE_GETH_BLOCK_MS        a new head that often; 0 = the head stands still                  1000
 *   FAKE_GETH_HEAD            first head              the last one of its data directory, or 1000
 *   FAKE_GETH_HIGHEST         eth_syncing answers an object while the head is below it          0
 *   FAKE_GETH_PEERS           net_peerCount; "none" = the method is not offered                 3
 *   FAKE_GETH_NETWORK         network and chain id, unless --networkid is given  1, of gwemix 1111
 *
 * Control file <datadir>/fake-geth.json, read whenever it changes: {rpc, blockMs, head, highest, peers, stopMs} replace
 * the values above; {answers: [{method, params, outcome}]} are recorded answers that it gives from then on; {say: "raw log text"} is printed; {eatMiB: N} takes memory; {exit: N}, {fatal: "text"} end the process.
 *
 * Unlike geth: without --datadir it keeps nothing on disk (never a real node's folder), without --port it opens no
 * peer-to-peer port, and the WebSocket and Engine API servers do not exist.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { takeLock } from './fake-geth/datadir-lock.mjs';
import { readFlags } from './fake-geth/flags.mjs';
import { keepHead, keptHead } from './fake-geth/kept-head.mjs';
import { fatal, log } from './fake-geth/log.mjs';
import { createRpc, listen, parse } from './fake-geth/rpc.mjs';

const env = process.env;
const number = (name, fallback) => Number(env[`FAKE_GETH_${name}`] ?? fallback);
const isWemix = (env.FAKE_GETH_VERSION ?? '').startsWith('gwemix-');
const name = isWemix ? 'Gwemix' : 'Geth';
const version = (env.FAKE_GETH_VERSION ?? '1.16.9-stable').replace(/^gwemix-/, '');

/** Runs what exits by itself, as `geth version` does (cmd/geth/misccmd.go @ v1.16.9). */
function runCommand(command) {
  if (command === 'version') {
    process.stdout.write(
      `${name}\nVersion: ${version}\nGit Commit: 95665d5703cbe33cf8a16a2f4ef3b4c4c1d5ae8a\n` +
        'Git Commit Date: 20260204\nArchitecture: amd64\nGo Version: go1.25.1\n' +
        `Operating System: ${process.platform}\nGOPATH=\nGOROOT=/usr/local/go\n`,
    );
  } else if (command === '--version') {
    process.stdout.write(`geth version ${version}-95665d57\n`);
  } else if (command === 'help' || command === '--help') {
    process.stdout.write('NAME:\n   geth - the go-ethereum command line interface\n');
  } else {
    process.stderr.write(`invalid command: "${command}"\n`);
    process.exit(1);
  }
  process.exit(0);
}

const { flags, command } = readFlags(process.argv.slice(2));
if (command !== null) runCommand(command);

const datadir = flags.datadir ?? null;
const instance = datadir === null ? null : join(datadir, name.toLowerCase());
const chain = {
  rpc: env.FAKE_GETH_RPC ?? 'on',
  blockMs: number('BLOCK_MS', 1000),
  head: number('HEAD', keptHead(instance) ?? 1000),
  headTime: Math.floor(Date.now() / 1000),
  highest: number('HIGHEST', 0),
  peers: env.FAKE_GETH_PEERS ?? '3',
  stopMs: env.FAKE_GETH_STOP_MS ?? '0',
  clientVersion: `${name}/v${version}-95665d57/${process.platform}-amd64/go1.25.1`,
  networkId: flags.networkid ?? env.FAKE_GETH_NETWORK ?? (isWemix ? '1111' : '1'),
};

function ipcPath() {
  const given = flags.ipcpath ?? `${name.toLowerCase()}.ipc`;
  if (flags.ipcdisable === true || given === '') return null;
  return given.includes('/') ? given : join(datadir ?? tmpdir(), given);
}

const http = {
  host: flags['http.addr'] ?? '127.0.0.1',
  port: Number(flags['http.port'] ?? (isWemix ? 8588 : 8545)),
};
const rpc = createRpc(chain, { http: flags.http === true ? http : null, ipcPath: ipcPath() });

let blockTimer;
function importBlocks() {
  clearInterval(blockTimer);
  if (chain.blockMs <= 0) return;
  blockTimer = setInterval(() => {
    chain.head += 1;
    chain.headTime = Math.floor(Date.now() / 1000);
    keepHead(instance, chain.head);
    const block = { number: chain.head, hash: 'a708a7..15a231', blocks: 1, txs: 0 };
    log('INFO', 'Imported new chain segment', block);
  }, chain.blockMs);
}

const food = [];
/** Until then the control file changes what is to come, and opens nothing: on a slow machine it is there before the servers are. */
let isReady = false;
async function applyControl({ say, fatal: lastWords, exit, eatMiB = 0, ...changes }) {
  const before = { ...chain };
  Object.assign(chain, changes);
  if (say !== undefined) process.stderr.write(say.endsWith('\n') ? say : `${say}\n`);
  for (let eaten = 0; eaten < eatMiB; eaten += 16) food.push(Buffer.alloc(16 << 20, 1));
  if (lastWords !== undefined) fatal(lastWords);
  if (exit !== undefined) process.exit(exit);
  if (!isReady) return;
  if (before.blockMs !== chain.blockMs) importBlocks();
  if (before.rpc !== 'off' && chain.rpc === 'off') rpc.close();
  if (before.rpc === 'off' && chain.rpc !== 'off') await rpc.open();
}

function watchControlFile() {
  const file = join(datadir, 'fake-geth.json');
  let seen = '';
  const look = () => {
    let text = seen;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      // not written yet
    }
    const parsed = text === seen ? null : parse(text);
    if (parsed === null) return; // unchanged, or caught half written
    seen = text;
    void applyControl(parsed.value);
  };
  look(); // What is there from the start holds before anything is opened.
  setInterval(look, 50);
}

let signals = 0;
function stop(release) {
  signals += 1;
  if (signals > 10) {
    process.stderr.write('panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n');
    process.exit(2);
  }
  if (signals > 1) {
    log('WARN', 'Already shutting down, interrupt more to panic.', { times: 11 - signals });
    return;
  }
  log('INFO', 'Got interrupt, shutting down...');
  if (chain.stopMs === 'never') return;
  rpc.close();
  clearInterval(blockTimer);
  if (env.FAKE_GETH_STOP_WRITES === 'yes') {
    setInterval(() => log('INFO', 'Writing cached state to disk', { block: chain.head }), 200);
  }
  setTimeout(() => {
    log('INFO', 'Blockchain stopped');
    release();
    process.exit(0);
  }, Number(chain.stopMs));
}

function start() {
  log('INFO', `Starting ${name} on Ethereum mainnet...`);
  const lock = instance === null ? { why: null, release() {} } : takeLock(instance);
  if (lock.why !== null) fatal(`Failed to create the protocol stack: ${lock.why}`);
  if (datadir !== null) watchControlFile();
  setInterval(() => undefined, 60_000); // lives on with every server closed
  setTimeout(() => void ready(lock.release), number('START_MS', 0));
}

async function ready(release) {
  log('INFO', 'Starting peer-to-peer node', { instance: chain.clientVersion });
  const port = Number(flags.port ?? 0);
  if (port > 0) await listen(createServer(), { host: '127.0.0.1', port }, `tcp :${port}`);
  // Whoever sees the endpoint may send a signal.
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(release));
  isReady = true;
  if (chain.rpc !== 'off') await rpc.open();
  importBlocks();
  if (env.FAKE_GETH_CRASH_AFTER_MS === undefined) return;
  setTimeout(() => process.exit(number('EXIT_CODE', 1)), number('CRASH_AFTER_MS', 0));
}

// Nobody reads the log any more: a Go program dies of SIGPIPE here.
process.stderr.on('error', () => process.exit(141));
if (env.FAKE_GETH_FATAL !== undefined) fatal(env.FAKE_GETH_FATAL);
start();
