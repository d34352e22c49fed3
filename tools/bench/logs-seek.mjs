/*
 * Whether the size of a log matters to who wants little of it: the last lines, and a minute, of a large log and of a small one, both with
 * rotated and compressed segments and a live file.
 * Needs the built program: npx nx run wemixvisor:build && node tools/bench/logs-seek.mjs [MiB of the large log] [MiB of the small] [pairs]
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLogStore } from '@wemixvisor/logs';
import { counts, gethLog, inFolder, inPairs, mebibyte, program, run } from './logs-data.mjs';

const [large, small, pairs] = counts([10_240, 10, 15]);
const end = new Date();

/** A log in segments of at most 100 MiB, at least four, the last one live. */
async function writeLog(home, size) {
  const segment = Math.min(100, size / 4) * mebibyte;
  // With the next segment, as large as it may be, older ones would have to go: so compression does not rest.
  const limits = {
    maxFiles: 500,
    maxSizeBytes: 2 * size * mebibyte,
    maxTotalBytes: 2 * size * mebibyte,
  };
  const store = openLogStore({ directory: join(home, 'logs'), name: 'node', ...limits });
  let bytes = 0;
  for (const piece of gethLog(size * mebibyte, end)) {
    appendFileSync(store.livePath, piece);
    bytes += piece.length;
    if (bytes < segment) continue;
    await store.rotate(null);
    bytes = 0;
  }
  while (store.figures.compressed < store.figures.rotations) await sleep(100);
  const { rotations, compressed } = store.figures;
  await store.dispose();
  return { rotations, compressed };
}

/** A moment, as many milliseconds before the end of the log. */
const ago = (ms) => new Date(end.getTime() - ms).toISOString();

await inFolder((home) =>
  inFolder(async (smallHome) => {
    const segments = {
      large: await writeLog(home, large),
      small: await writeLog(smallHome, small),
    };
    const pieces = (size) => (size * mebibyte) / 65_000;
    const kinds = {
      'the last 100 lines': () => ['-n', '100'],
      'the last 100 lines with a match': () => ['-n', '100', '--grep', 'Imported'],
      'the last two seconds': () => ['-n', 'all', '--since', ago(2000)],
      'two seconds in the middle': (size) => [
        ...['-n', 'all', '--since', ago(pieces(size) * 250)],
        ...['--until', ago(pieces(size) * 250 - 2000)],
      ],
    };
    const table = {};
    for (const [kind, argsOf] of Object.entries(kinds)) {
      const time = async (from, size) =>
        (await run(process.execPath, [program, 'logs', '--home', from, ...argsOf(size)])).ms;
      table[kind] = await inPairs(
        pairs,
        () => time(home, large),
        () => time(smallHome, small),
      );
    }
    console.log(
      `Node ${process.version}, ${large} MiB and ${small} MiB, ${pairs} pairs: milliseconds`,
    );
    console.log(segments);
    console.table(table);
  }),
);
