/*
 * How fast `logs` answers: conditions, levels, JSON and summaries of a log like that of a busy geth, each run next to `logs -n all` of the same log, since
 * whatever slows the machine slows both. logs-answers.mjs [MEBIBYTES] [PAIRS]; needs the built program.
 */
import { join } from 'node:path';
import {
  counts,
  inFolder,
  inPairs,
  mebibyte,
  program,
  round,
  run,
  writeGethLog,
} from './logs-data.mjs';

const [megabytes, pairs] = counts([1024, 5]);
const answers = [
  ['--level warn'],
  ['--where', 'peercount<3'],
  ['--where', 'number>24000000'],
  ['--where', 'elapsed>200ms and txs>100'],
  ['--message', 'Looking for'],
  ['--json'],
  ['--stats'],
  ['--map'],
  ['--errors'],
].map(([options, ...value]) => [...options.split(' '), ...value]);

const bare = await run(process.execPath, ['-e', '0']);
const rows = await inFolder(async (home) => {
  writeGethLog(join(home, 'logs/node.log'), megabytes * mebibyte);
  const logs = (options) =>
    run(process.execPath, [program, 'logs', '--home', home, '-n', 'all', ...options]);
  const found = [];
  for (const options of answers) {
    let largest = 0;
    const ours = async () => {
      const { ms, mb } = await logs(options);
      largest = Math.max(largest, mb);
      return ms;
    };
    const result = await inPairs(pairs, ours, async () => (await logs([])).ms);
    found.push({
      answer: options.join(' '),
      'MiB/s': round(megabytes / (result.ours / 1000), 0),
      'times -n all': result.ratio,
      'MB above bare Node': round(largest - bare.mb),
    });
  }
  return found;
});

console.log(
  `Node ${process.version}, ${megabytes} MiB, ${pairs} pairs: medians, the start of the program included`,
);
console.table(rows);
