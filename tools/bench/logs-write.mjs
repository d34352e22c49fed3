/*
 * What a rotating store costs a writer at full speed, which writes to the store's descriptor and to a plain file in turns; and how long it
 * stands still at each rotation. `lines` makes one write(2) of each line, as geth does; `seq` is native and collects 4 KiB.
 * Needs the built package: npx nx run @wemixvisor/logs:build && node tools/bench/logs-write.mjs [MiB in all] [MiB per segment] [pairs] [writer]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLogStore } from '@wemixvisor/logs';
import { counts, inFolder, inPairs, mebibyte, percentile, round } from './logs-data.mjs';

const [total, segment, pairs] = counts([1024, 100, 5]);
const writerName = process.argv[5] ?? 'lines';
/** Numbers of ten digits make lines of eleven bytes. */
const first = 1_000_000_000;
const last = first + Math.ceil((total * mebibyte) / 11);
const line = `INFO [11-24|03:26:44.123] Imported new potential chain segment     number=24,583,127 hash=a708a7..15a231 blocks=1 txs=187 mgas=21.482`;
const lines = Math.ceil((total * mebibyte) / (line.length + 1));
const writers = {
  lines: [
    process.execPath,
    [
      '-e',
      `const { writeSync } = require('fs'); for (let at = 0; at < ${lines}; at += 1) writeSync(1, ${JSON.stringify(`${line}\n`)})`,
    ],
  ],
  seq: ['seq', [String(first), String(last)]],
};

/** Milliseconds that the writer takes for all its bytes. */
async function write(target, meanwhile) {
  const start = performance.now();
  const [program, args] = writers[writerName];
  const writer = spawn(program, args, {
    detached: true,
    stdio: ['ignore', target, 'inherit'],
  });
  closeSync(target);
  meanwhile?.(writer.pid);
  await once(writer, 'exit');
  return performance.now() - start;
}

const pauses = [];
const rotations = [];

async function throughStore(home) {
  const directory = join(home, 'store');
  const store = openLogStore(
    { directory, name: 'node', maxSizeBytes: segment * mebibyte, maxFiles: 3 },
    {
      onEvent: (event) => {
        if (event.type === 'rotation' && event.report.rotated) pauses.push(event.report);
      },
    },
  );
  const ms = await write(store.openForAppend(), (group) => {
    const signal = (name) => {
      try {
        return process.kill(-group, name);
      } catch {
        return false; // It has ended.
      }
    };
    store.watch(() => ({
      groupId: group,
      pause: () => signal('SIGSTOP'),
      resume: () => signal('SIGCONT'),
    }));
  });
  rotations.push(store.figures.rotations);
  await store.dispose();
  rmSync(directory, { recursive: true });
  return ms;
}

async function toFile(home) {
  const path = join(home, 'plain');
  const ms = await write(openSync(path, 'a', 0o600));
  rmSync(path);
  return ms;
}

await inFolder(async (home) => {
  const { ours, theirs } = await inPairs(
    pairs,
    () => throughStore(home),
    () => toFile(home),
  );
  const pauseMs = pauses.map((report) => report.pauseMs);
  const sizes = pauses.map(({ bytes }) => bytes / mebibyte);
  console.log(
    `Node ${process.version}, ${total} MiB, segments from ${segment} MiB, ${pairs} pairs, writer: ${writerName}`,
  );
  console.table({
    'milliseconds through the store': { value: ours },
    'milliseconds to a file': { value: theirs },
    'speed next to a file': { value: round(theirs / ours, 3) },
    'rotations in each run': { value: rotations.join(' ') },
    'pause ms, median': { value: round(percentile(pauseMs, 0.5)) },
    'pause ms, p99': { value: round(percentile(pauseMs, 0.99)) },
    'MiB of a segment, median': { value: round(percentile(sizes, 0.5)) },
    'pause ms per 64 MiB, p99': {
      value: round(
        percentile(
          pauses.map(({ pauseMs, bytes }) => (pauseMs * 64 * mebibyte) / bytes),
          0.99,
        ),
      ),
    },
  });
});
