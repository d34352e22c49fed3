/*
 * Reading a large live log: searches next to GNU grep, all of it next to cat, and the memory of each kind of command above bare Node.
 * Needs the built program: npx nx run wemixvisor:build && node tools/bench/logs-read.mjs [MiB of log] [pairs]
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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

const [size, pairs] = counts([1024, 5]);
const view = fileURLToPath(new URL('logs-view.mjs', import.meta.url));

await inFolder(async (home) => {
  const live = join(home, 'logs', 'node.log');
  writeGethLog(live, size * mebibyte);
  const output = join(home, 'output');
  const ways = {
    library: (options) =>
      run(process.execPath, [view, join(home, 'logs'), JSON.stringify(options)], output),
    program: (_, args) => run(process.execPath, [program, 'logs', '--home', home, ...args], output),
  };
  const searches = [
    ['a rare literal', 'Low disk space', []],
    ['a frequent literal', 'Imported', []],
    ['a regular expression', 'peercount=[0-4] tried=[0-9]+', ['-E']],
    ['alternatives', 'Low disk|Looking for', ['-E']],
    ['in either case', 'low DISK', ['-i']],
  ];
  const speed = {};
  for (const [way, read] of Object.entries(ways)) {
    for (const [what, grep, extra] of searches) {
      const ignoreCase = extra.includes('-i');
      const args = ['-n', 'all', '--grep', grep, ...(ignoreCase ? ['-i'] : [])];
      speed[`${way}: ${what}`] = await inPairs(
        pairs,
        async () => (await read({ grep, ignoreCase }, args)).ms,
        async () => (await run('grep', [...extra, grep, live], output)).ms,
      );
    }
    speed[`${way}: all, next to cat`] = await inPairs(
      pairs,
      async () => (await read({}, ['-n', 'all'])).ms,
      async () => (await run('cat', [live], output)).ms,
    );
  }
  console.log(`Node ${process.version}, ${size} MiB, ${pairs} pairs: milliseconds, ours / theirs`);
  console.table(speed);

  const bare = (await run(process.execPath, ['-e', '0'])).mb;
  const kinds = [
    [{}, ['-n', 'all']],
    [{ lines: 200_000 }, ['-n', '200000']],
    [{ lines: 1_000_000 }, ['-n', '1000000']],
    [{ lines: 100 }, ['-n', '100']],
    [{ level: 'warn' }, ['-n', 'all', '--level', 'warn']],
    [{ grep: 'Imported' }, ['-n', 'all', '--grep', 'Imported']],
    [{ grep: 'peercount=[0-4]' }, ['-n', 'all', '--grep', 'peercount=[0-4]']],
    [
      { grep: 'peers', ignoreCase: true, invert: true },
      ['-n', 'all', '--grep', 'peers', '-i', '-v'],
    ],
    [{ grep: 'not there', lines: 100 }, ['--grep', 'not there']],
  ];
  const memory = {};
  for (const [way, read] of Object.entries(ways)) {
    for (const [options, args] of kinds) {
      const { ms, mb } = await read(options, args);
      memory[`${way}: ${args.join(' ')}`] = {
        ms: round(ms),
        mb: round(mb),
        above: round(mb - bare),
      };
    }
  }
  const { ms, mb } = await ways.program(null, ['-n', 'all', '--json', '--since', '1h']);
  memory['program: -n all --json'] = { ms: round(ms), mb: round(mb), above: round(mb - bare) };
  console.log(`Memory: greatest resident size in MB, and above bare Node (${round(bare)})`);
  console.table(memory);
});
