/*
 * Proof that rotation loses and repeats no line: numbered lines are written at full speed through many rotations, and the process that
 * rotates is killed at random moments. Afterwards every line must be there, once and in order, as gunzip reads the files.
 * `lines` makes one write(2) of each line, as geth does; `seq` is native and collects 4 KiB.
 * Needs the built package: npx nx run @wemixvisor/logs:build && node tools/bench/logs-proof.mjs [lines] [kills] [seed] [MiB per segment] [writer]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { openLogStore } from '@wemixvisor/logs';
import { counts, inFolder, percentile, round } from './logs-data.mjs';

const [lines, kills, seed, segment] = counts([10_000_000, 0, 1, 16]);
const writerName = process.argv[6] ?? 'lines';
const rotator = fileURLToPath(new URL('logs-rotator.mjs', import.meta.url));
const text =
  'a line of a node that has much to say about blocks and peers, and of its state, its head and the time that each of them took';
const eachLine = `for (let at = 1; at <= ${lines}; at += 1) require('fs').writeSync(1, at + ${JSON.stringify(` ${text}\n`)})`;
const writers = {
  lines: [process.execPath, ['-e', eachLine]],
  seq: ['seq', ['-f', `%.0f ${text}`, '1', String(lines)]],
};

/** Pseudo-random numbers from 0 to 1 (mulberry32), so that a run can be had again. */
function randomFrom(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Rotates until the writer ends; killed and started anew as often as asked. What it tells is added up. */
async function rotate(directory, writer) {
  const random = randomFrom(seed);
  const seen = { killed: 0, recovered: 0, pauses: [], putOff: 0 };
  let isOver = false;
  const over = once(writer, 'exit').then(() => (isOver = true));
  while (!isOver) {
    const child = spawn(
      process.execPath,
      [rotator, directory, String(writer.pid), String(segment)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let told = '';
    child.stdout.on('data', (chunk) => (told += chunk));
    const closed = once(child, 'close');
    if (seen.killed < kills) {
      await once(child.stdout, 'data'); // It is at work from here on.
      await Promise.race([over, sleep(random() * 500)]);
      seen.killed += 1;
    } else await over;
    child.kill('SIGKILL');
    await closed;
    count(told, seen);
  }
  return seen;
}

function count(told, seen) {
  // The last line may be cut: the process was killed.
  for (const line of told.split('\n').slice(0, -1)) {
    const event = JSON.parse(line);
    if (event.type === 'recovered') seen.recovered += 1;
    if (event.type !== 'rotation') continue;
    if (event.report.rotated) seen.pauses.push(event.report.pauseMs);
    else seen.putOff += 1;
  }
}

/** Reads all files in order, not by our own reader. */
async function check(directory) {
  const names = readdirSync(directory).filter((name) => /^node-.*\.log(\.gz)?$/.test(name));
  let [expected, carry, fault] = [1, '', null];
  for (const name of [...names.sort(), 'node.log']) {
    const file = createReadStream(join(directory, name));
    for await (const chunk of name.endsWith('.gz') ? file.pipe(createGunzip()) : file) {
      const parts = (carry + chunk.toString('latin1')).split('\n');
      carry = parts.pop();
      for (const line of parts) {
        if (line !== `${expected} ${text}`) fault ??= `${name}: "${line}" in place of ${expected}`;
        expected += 1;
      }
    }
  }
  if (carry !== '') fault ??= `an unfinished line: ${carry}`;
  if (expected - 1 !== lines) fault ??= `${expected - 1} lines`;
  return { segments: names.length, fault };
}

await inFolder(async (home) => {
  const directory = join(home, 'logs');
  const options = { directory, name: 'node', maxFiles: 500 };
  const store = openLogStore(options);
  const log = store.openForAppend();
  const start = performance.now();
  const [program, args] = writers[writerName];
  const writer = spawn(program, args, {
    detached: true,
    stdio: ['ignore', log, 'inherit'],
  });
  closeSync(log);
  await store.dispose();
  const { pauses, ...seen } = await rotate(directory, writer);
  const seconds = round((performance.now() - start) / 1000);
  await openLogStore(options).dispose(); // As the next start does.
  const { segments, fault } = await check(directory);
  console.table({
    lines: { value: lines },
    writer: { value: writerName },
    rotations: { value: segments },
    seed: { value: seed },
    seconds: { value: seconds },
    kills: { value: seen.killed },
    'kills amid a rotation': { value: seen.recovered },
    'rotations put off': { value: seen.putOff },
    'pause ms, p50': { value: pauses.length === 0 ? null : round(percentile(pauses, 0.5)) },
    'pause ms, p99': { value: pauses.length === 0 ? null : round(percentile(pauses, 0.99)) },
    'every line once and in order': { value: fault ?? 'yes' },
  });
  process.exitCode = fault === null ? 0 : 1;
});
