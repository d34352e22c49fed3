/*
 * What one health check costs the supervisor, and whether memory grows with their number.
 * Needs the built package: npx nx run @wemixvisor/health:build && node --expose-gc tools/bench/health-check.mjs [checks]
 * With --optimize-for-size before the file it shows the memory of a process that sets this, as got fills the young heap.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { createMonitor } from '@wemixvisor/health';

const fakeGeth = fileURLToPath(new URL('../testkit/programs/fake-geth.mjs', import.meta.url));
const checks = Number(process.argv[2] ?? 10_000);
const pacedChecks = 100;

/** A node in another process, so that only the asking side is measured. */
async function startNode(datadir) {
  const node = spawn(
    process.execPath,
    [fakeGeth, '--datadir', datadir, '--http', '--http.port', '0'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { FAKE_GETH_BLOCK_MS: '1000' },
    },
  );
  let log = '';
  const url = await new Promise((resolve, reject) => {
    node.once('exit', () => reject(new Error(`the node did not start: ${log}`)));
    // Read on to the end: a node whose log nobody reads dies.
    node.stderr.on('data', (chunk) => {
      log = (log + chunk).slice(-2_000);
      const address = /HTTP server started.*endpoint=(\S+)/.exec(log)?.[1];
      if (address !== undefined) resolve(`http://${address}`);
    });
  });
  return { node, url, path: join(datadir, 'geth.ipc') };
}

/** Processor milliseconds that some checks cost, per check. */
async function cpuPerCheck(monitor, count, pauseMs) {
  const before = process.cpuUsage();
  for (let done = 0; done < count; done++) {
    const { status, reason } = await monitor.check({ live: true });
    if (status !== 'healthy') throw new Error(reason);
    if (pauseMs > 0) await sleep(pauseMs);
  }
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000 / count).toFixed(2);
}

function memory() {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return `${(rss / 1e6).toFixed(1)} / ${(heapUsed / 1e6).toFixed(1)}`;
}

async function measure(name, endpoint) {
  const monitor = createMonitor({ endpoint });
  const row = { 'first ms': await cpuPerCheck(monitor, 1, 0) };
  row['paced ms'] = await cpuPerCheck(monitor, pacedChecks, 50);
  await cpuPerCheck(monitor, Math.ceil(checks / 10), 0);
  row['MB after a tenth (rss / heap)'] = memory();
  row['back to back ms'] = await cpuPerCheck(monitor, checks, 0);
  row['MB at the end (rss / heap)'] = memory();
  monitor.dispose();
  return [name, row];
}

const datadir = mkdtempSync(join(tmpdir(), 'wv-bench-'));
const { node, url, path } = await startNode(datadir);
try {
  // IPC first: it must not be charged with the memory of got.
  const rows = [await measure('IPC', { kind: 'ipc', path })];
  rows.push(await measure('HTTP', { kind: 'http', url }));
  console.log(`Node ${process.version}, ${checks} checks each`);
  console.table(Object.fromEntries(rows));
} finally {
  node.kill('SIGKILL');
  rmSync(datadir, { recursive: true, force: true });
}
