/*
 * What a rotating store costs a writer at full speed, which writes to the store's descriptor and to a plain file in turns, until it has written
 * all and until all is on the disk; how long it stands still at each rotation, and what the store takes of a processor. `lines` makes one write(2) of each line, as geth does;
 * `seq` is native and collects 4 KiB.
 * Needs the built package: npx nx run @wemixvisor/logs:build && node tools/bench/logs-write.mjs [MiB in all] [MiB per segment] [pairs] [writer]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLogStore } from '@wemixvisor/logs';
import { counts, inFolder, mebibyte, median, percentile, round } from './logs-data.mjs';

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

/** Milliseconds that the writer takes for all its bytes, and until they are on the disk and the rest is done. */
async function write(target, meanwhile, atLast) {
  const start = performance.now();
  const [program, args] = writers[writerName];
  const writer = spawn(program, args, {
    detached: true,
    stdio: ['ignore', target, 'inherit'],
  });
  meanwhile?.(writer.pid);
  await once(writer, 'exit');
  const written = performance.now() - start;
  fdatasyncSync(target);
  await atLast?.();
  closeSync(target);
  return { written, onDisk: performance.now() - start };
}

const pauses = [];
const rotations = [];
/** Milliseconds of processor that this process takes while the writer writes. */
const processor = [];

async function throughStore(home) {
  const directory = join(home, 'store');
  const store = openLogStore(
    { directory, name: 'node', maxSizeBytes: segment * mebibyte },
    {
      onEvent: (event) => {
        if (event.type === 'rotation' && event.report.rotated) pauses.push(event.report);
      },
    },
  );
  const watch = (group) => {
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
  };
  const before = process.cpuUsage();
  const times = await write(store.openForAppend(), watch, async () => {
    const { user, system } = process.cpuUsage(before);
    processor.push((user + system) / 1000);
    await store.dispose();
  });
  rotations.push(store.figures.rotations);
  rmSync(directory, { recursive: true });
  return times;
}

async function toFile(home) {
  const path = join(home, 'plain');
  const times = await write(openSync(path, 'a', 0o600));
  rmSync(path);
  return times;
}

await inFolder(async (home) => {
  const runs = [];
  for (let at = -1; at < pairs; at += 1) {
    // Who goes first changes: the second finds a warmer machine.
    const first = at % 2 === 0 ? await throughStore(home) : null;
    const plain = await toFile(home);
    const store = first ?? (await throughStore(home));
    if (at >= 0) runs.push({ store, plain });
  }
  const speed = (until) =>
    round(median(runs.map(({ store, plain }) => plain[until] / store[until])), 3);
  const ms = (way, until) => round(median(runs.map((run) => run[way][until])), 0);
  const pauseMs = pauses.map((report) => report.pauseMs);
  const sizes = pauses.map(({ bytes }) => bytes / mebibyte);
  console.log(
    `Node ${process.version}, ${total} MiB, segments from ${segment} MiB, ${pairs} pairs, writer: ${writerName}`,
  );
  console.table({
    'written, ms: through the store': { value: ms('store', 'written') },
    'written, ms: to a file': { value: ms('plain', 'written') },
    'written: speed next to a file': { value: speed('written') },
    'on the disk, ms: through the store': { value: ms('store', 'onDisk') },
    'on the disk, ms: to a file': { value: ms('plain', 'onDisk') },
    'on the disk: speed next to a file': { value: speed('onDisk') },
    'processor, ms: of the store, for 1 GiB': {
      value: round((median(processor) * 1024) / total, 0),
    },
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
