/*
 * How long after it was written a line reaches a follower, and how often the follower looks when nothing happens.
 * Needs the built package: npx nx run @wemixvisor/logs:build && node tools/bench/logs-follow.mjs [lines] [milliseconds between them]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  counts,
  inFolder,
  mebibyte,
  percentile,
  program,
  round,
  writeGethLog,
} from './logs-data.mjs';

const [lines, pauseMs] = counts([1000, 7]);
const view = fileURLToPath(new URL('logs-view.mjs', import.meta.url));
const clock = () => performance.timeOrigin + performance.now();

/** Milliseconds on the way of each line, from before it is written until it is read from the viewer's output. */
async function latencies(home, command) {
  const live = join(home, 'logs', 'node.log');
  const viewer = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const late = [];
  let last = '';
  createInterface({ input: viewer.stdout }).on('line', (line) => {
    last = line;
    const sent = /^sent=([\d.]+) /.exec(line)?.[1];
    if (sent !== undefined) late.push(clock() - Number(sent));
  });
  appendFileSync(live, 'ready?\n');
  while (last !== 'ready?') {
    await sleep(50);
  }
  late.length = 0;
  for (let at = 0; at < lines; at += 1) {
    appendFileSync(live, `sent=${clock()} a line of the node\n`);
    await sleep(pauseMs);
  }
  while (late.length < lines) await sleep(50);
  viewer.kill();
  await once(viewer, 'close');
  return {
    'p50 ms': round(percentile(late, 0.5), 2),
    'p99 ms': round(percentile(late, 0.99), 2),
    'worst ms': round(percentile(late, 1), 2),
  };
}

await inFolder(async (home) => {
  writeGethLog(join(home, 'logs', 'node.log'), 100 * mebibyte);
  const options = JSON.stringify({ follow: true, lines: 10 });
  console.log(`Node ${process.version}, ${lines} lines, one each ${pauseMs} ms`);
  console.table({
    library: await latencies(home, [view, join(home, 'logs'), options]),
    program: await latencies(home, [program, 'logs', '--home', home, '-f', '-n', '10']),
  });
});
