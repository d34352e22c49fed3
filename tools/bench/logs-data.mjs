/* What the log benches share: a log like that of a busy geth, runs in pairs, and the numbers they give. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const mebibyte = 1024 * 1024;
/** The built program, or another that the environment names. */
export const program =
  process.env.WEMIXVISOR_PROGRAM ??
  fileURLToPath(new URL('../../apps/wemixvisor/dist/main.cjs', import.meta.url));

const stamp = '@@-@@|@@:@@:@@.@@@';
const import_ = `INFO [${stamp}] Imported new potential chain segment     number=24,583,127 hash=a708a7..15a231 blocks=1 txs=187 mgas=21.482 elapsed=214.862ms mgasps=99.981\n`;
const updated = `INFO [${stamp}] Chain head was updated                   number=24,583,127 hash=a708a7..15a231 root=454021..516f63 elapsed="421.913µs"\n`;
const peers = `WARN [${stamp}] Looking for peers                        peercount=2 tried=41 static=0\n`;
const rare = `ERROR[${stamp}] Low disk space. Gracefully shutting down available=1.98GiB path=/srv/geth\n`;
const common = Array.from({ length: 400 }, (_, at) =>
  at === 200 ? peers : at % 2 === 0 ? import_ : updated,
).join('');
/** Milliseconds of node time in one piece of about 64 KiB. */
const pieceMs = 500;

/** Lines as geth writes them, in the pieces of a log that ends now; each 1000th piece has one rare line. */
export function* gethLog(bytes, end = new Date()) {
  const pieces = Math.ceil(bytes / Buffer.byteLength(common));
  for (let at = 0; at < pieces; at += 1) {
    const time = new Date(end.getTime() - (pieces - at) * pieceMs);
    const text = at % 1000 === 500 ? common + rare : common;
    yield Buffer.from(text.replaceAll(stamp, stampOf(time)));
  }
}

function stampOf(time) {
  const two = (value) => String(value).padStart(2, '0');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');
  return `${two(time.getMonth() + 1)}-${two(time.getDate())}|${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** Writes a log to a new file. */
export function writeGethLog(path, bytes) {
  const file = openSync(path, 'w', 0o600);
  for (const piece of gethLog(bytes)) writeSync(file, piece);
  closeSync(file);
}

/** Runs some work in a folder of its own, which goes afterwards. */
export async function inFolder(work) {
  const home = mkdtempSync(join(tmpdir(), 'wv-bench-'));
  mkdirSync(join(home, 'logs'), { mode: 0o700 });
  try {
    return await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Makes Node tell its greatest resident size on descriptor 3 when it ends. */
const tellSize = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));",
)}`;

/** Runs a command, its output going to a file: milliseconds, and for Node the greatest resident size in MB. */
export async function run(command, args, output = '/dev/null') {
  const isNode = command === process.execPath;
  const given = isNode ? ['--import', tellSize, ...args] : args;
  const target = openSync(output, 'w');
  const start = performance.now();
  const child = spawn(command, given, {
    stdio: ['ignore', target, 'inherit', 'pipe'],
    env: environment,
  });
  closeSync(target);
  let size = '';
  child.stdio[3].on('data', (chunk) => (size += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return { ms: performance.now() - start, mb: (Number(size) * 1024) / 1e6 };
}

const environment = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: process.env.HOME };

/** Takes turns, so that whatever slows the machine slows both: the medians, and the median of the ratios. */
export async function inPairs(count, ours, theirs) {
  const runs = [];
  await ours();
  await theirs();
  for (let at = 0; at < count; at += 1) {
    // Who goes first changes: the second finds a warmer machine.
    const first = at % 2 === 0 ? await ours() : null;
    const other = await theirs();
    runs.push([first ?? (await ours()), other]);
  }
  return {
    ours: round(median(runs.map(([a]) => a))),
    theirs: round(median(runs.map(([, b]) => b))),
    ratio: round(median(runs.map(([a, b]) => a / b)), 3),
  };
}

/** The middle value. */
export function median(values) {
  return percentile(values, 0.5);
}

/** The value that a part of all values do not exceed. */
export function percentile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** Rounds to some decimals. */
export function round(value, decimals = 1) {
  return Number(value.toFixed(decimals));
}

/** Counts from the command line, in order, with what they are when left out. */
export function counts(defaults) {
  return defaults.map((value, at) => Number(process.argv[2 + at] ?? value));
}
