#!/usr/bin/env node
/*
 * A node whose log can be accounted for: every line carries the life it belongs to and its number in that life.
 *
 *   numbered-node.mjs --datadir DIR --http --http.port N
 *
 * DIR/lives/<life>            the number of lines that this life has written, kept up to date after each line
 * DIR/lives/<life>.terms      one byte per SIGTERM
 * DIR/lives/<life>.collision  another node had the port: two of them lived at once
 *
 * SIGTERM ends it with code 0 after NUMBERED_STOP_MS, SIGUSR2 with code 1, SIGKILL whenever. It answers JSON-RPC.
 */
import { appendFileSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

if (process.argv[2] === 'version') {
  process.stdout.write('Numbered\nVersion: 1.0.0\n');
  process.exit(0);
}

const after = (flag) => process.argv[process.argv.indexOf(flag) + 1];
const folder = join(after('--datadir'), 'lives');
const life = `${process.pid}-${process.hrtime.bigint()}`;
const everyMs = 10;
const linesAtATime = 4;
const filler = 'x'.repeat(80);

mkdirSync(folder, { recursive: true });
const ledger = openSync(join(folder, life), 'w');
let lines = 0;

/** What of the last line is not written yet. */
let rest = Buffer.alloc(0);

/** Writes what is left of the last line; false while there is no room for all of it. */
function flush() {
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (error.code === 'ENOSPC' || error.code === 'EAGAIN') return false;
      throw error;
    }
    if (rest.length === 0) writeSync(ledger, `${lines}\n`, 0);
  }
  return true;
}

/** Writes a further line, but none before the last one is complete. */
function say() {
  if (!flush()) return false;
  rest = Buffer.from(`life ${life} line ${lines + 1} ${filler}\n`);
  lines += 1;
  return flush();
}

/** Ends with a last line, however long there is no room for it. */
function end(code) {
  if (flush() && say()) process.exit(code);
  const timer = setInterval(() => {
    if (!flush()) return;
    clearInterval(timer);
    process.exit(code);
  }, everyMs);
}

const results = {
  eth_syncing: false,
  eth_blockNumber: '0x1',
  net_peerCount: '0x1',
  eth_chainId: '0x457',
  web3_clientVersion: 'Numbered/v1.0.0',
};

function answer(request) {
  if (Array.isArray(request)) return request.map(answer);
  const { id, method } = request;
  if (method in results) return { jsonrpc: '2.0', id, result: results[method] };
  return { jsonrpc: '2.0', id, error: { code: -32601, message: `no method ${method}` } };
}

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  request.on('end', () => response.end(JSON.stringify(answer(JSON.parse(text)))));
});
server.on('error', () => {
  writeFileSync(join(folder, `${life}.collision`), '');
  process.exit(3);
});

say();
process.on('SIGTERM', () => {
  appendFileSync(join(folder, `${life}.terms`), '.');
  setTimeout(() => end(0), Number(process.env.NUMBERED_STOP_MS ?? 0));
});
process.on('SIGUSR2', () => end(1));
server.listen(Number(after('--http.port')), '127.0.0.1', () => {
  setInterval(() => {
    for (let count = 0; count < linesAtATime; count += 1) say();
  }, everyMs);
});
