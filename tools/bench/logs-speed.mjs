/*
 * The speed of `logs` on a log of one shape, as that of a synced node is: each class of pattern next to GNU grep, in the locales C and C.UTF-8, and next to
 * ripgrep; conditions, levels and JSON by themselves, next to jq and hl; the last lines of this log next to those of a small one; the memory of each.
 * Programs run in turns, so that what slows the machine slows all; what is not on PATH is said. Bash is needed, for its `time`, and the built program:
 * npx nx run wemixvisor:build && node tools/bench/logs-speed.mjs [MiB of log] [rounds]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { timed } from './cpu-time.mjs';
import { counts, inFolder, median, mebibyte, program, round } from './logs-data.mjs';
import { grouped, writeImportLog } from './logs-import.mjs';

const viewer = fileURLToPath(new URL('logs-view.mjs', import.meta.url));
const [size, rounds] = counts([1024, 3]);
/** Megabytes of the log that a small one is compared with, and of what slow programs get. */
const smallSize = Math.min(10, size);

const number = grouped(24_512_345);
const near = number.slice(0, -2);
const patterns = [
  ['a word that stands nowhere', 'Gracefully'],
  ['a rare literal', 'Looking for peers'],
  ['a rare literal that begins as every line has it', `number=${number}`],
  ['the same, which stands nowhere', `number=${number.slice(0, -1)}x`],
  ['rare beside frequent', `number=${near}[0-9]{2} .*mgasps=[0-9]`],
  ['classes beside frequent, no match', `number=24,5[0-9]{2},99[0-9] .*mgasps=281.9$`],
  ['an anchor at the start', '^WARN'],
  ['an anchor at the end', 'static=0$'],
  ['classes', 'peercount=[0-4] tried=[0-9]+'],
  ['classes of what is frequent', 'txs=39[0-9] mgas=29[.]99'],
  ['classes alone, no match', '[A-Z]{5,}'],
  ['classes alone before a literal', '[0-9]{4}ms'],
  ['a repeat between what is frequent', 'blocks=[2-9].*txs=[0-9]+'],
  ['alternatives', 'Low disk|Looking for'],
  ['alternatives that begin as every line has it', `number=${number}|number=24,500,007`],
  ['alternatives within', `number=24,(512|513),345`],
  ['in either case', 'looking FOR', '-i'],
  ['in either case, as every line has it', `NUMBER=${number}`, '-i'],
  ['dense: every line', 'Imported'],
  ['dense: every line, a class', 'elapsed=[0-9]+'],
  ['dense: every second line', '[13579] hash='],
  ['dense: every line in either case', 'imported', '-i'],
  ['dense: all but a few', 'Looking', '-v'],
];
const answers = [
  ['--level', 'warn'],
  ['--where', 'peercount<3'],
  ['--where', `number=${number.replaceAll(',', '')}`],
  ['--where', 'mgasps>299.9'],
  ['--where', 'elapsed>200ms and txs>100'],
  ['--where', 'number>24000000'],
  ['--message', 'Looking for'],
  ['--json'],
];

const has = (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
const peers = {
  'grep, C': ['grep', 'C'],
  'grep, UTF-8': ['grep', 'C.UTF-8'],
  rg: ['rg', 'C.UTF-8'],
};
const missing = ['grep', 'rg', 'jq', 'hl'].filter((name) => !has(name));
const present = Object.entries(peers).filter(([, [name]]) => !missing.includes(name));

const ours = (home, words) => [process.execPath, program, 'logs', '--home', home, ...words];
const middle = (runs, key) => median(runs.map((run) => run[key]));

/** Takes turns: the runs of each command, after one that warms the machine. */
async function inTurns(commands, count = rounds) {
  const runs = commands.map(() => []);
  for (let turn = 0; turn <= count; turn += 1) {
    for (const [at, [command, options]] of commands.entries()) {
      const run = await timed(command, options);
      if (turn > 0) runs[at].push(run);
    }
  }
  return runs;
}

/** What bare Node takes, which is taken off. */
async function emptyNode() {
  const [runs] = await inTurns([[[process.execPath, '-e', '0'], { size: true }]]);
  return { cpu: middle(runs, 'cpu'), clock: middle(runs, 'clock'), mb: middle(runs, 'mb') };
}

async function searchTable(home, bare) {
  const live = join(home, 'logs', 'node.log');
  const outputs = [join(home, 'ours'), ...present.map(([, [name]]) => join(home, name))];
  const table = {};
  for (const [what, pattern, flag] of patterns) {
    const flags = flag === undefined ? [] : [flag];
    const words = ['-n', 'all', '--grep', pattern, ...flags];
    const [mine, ...theirs] = await inTurns([
      [ours(home, words), { output: outputs[0] }],
      ...present.map(([, [name, locale]], at) => {
        const own = name === 'grep' ? ['-E'] : ['--no-config', '-N', '--no-filename'];
        return [[name, ...own, ...flags, pattern, live], { output: outputs[at + 1], locale }];
      }),
    ]);
    const isSame = outputs.slice(1).every((path) => sameBytes(outputs[0], path));
    const row = { 'ms of processor': round(middle(mine, 'cpu')) };
    for (const [at, [name]] of present.entries()) {
      const ratios = mine.map(({ cpu }, turn) => (cpu - bare.cpu) / theirs[at][turn].cpu);
      row[name] = `${round(middle(theirs[at], 'cpu'))} → ${round(median(ratios), 2)}`;
    }
    table[`${what}: ${[...flags, pattern].join(' ')}`] = { ...row, 'same lines': isSame };
  }
  return table;
}

function sameBytes(one, other) {
  return spawnSync('cmp', ['-s', one, other]).status === 0;
}

async function answerTable(home, bare, start) {
  const table = {};
  for (const words of answers) {
    const command = ours(home, ['-n', 'all', ...words]);
    const [runs] = await inTurns([[command, { size: true, output: join(home, 'ours') }]]);
    const speed = (key) => round(size / ((middle(runs, key) - start[key]) / 1000), 0);
    table[words.join(' ')] = {
      'MiB/s of processor': speed('cpu'),
      'MiB/s by the clock': speed('clock'),
      'MB above bare Node': round(middle(runs, 'mb') - bare.mb),
    };
  }
  return table;
}

/** The library alone in one thread, with one worker and with two: what the second and the third thread are worth, and what memory they take. */
async function threadTable(home, bare) {
  const asked = {
    '--json': { json: 'node' },
    '--where number>24000000': { where: 'number>24000000' },
  };
  const table = {};
  for (const [name, options] of Object.entries(asked)) {
    const commands = [1, 2, 3].map((threads) => [
      [process.execPath, viewer, join(home, 'logs'), JSON.stringify(options), String(threads)],
      { size: true, output: join(home, 'ours') },
    ]);
    for (const [at, runs] of (await inTurns(commands)).entries()) {
      table[`${name}, workers: ${at}`] = {
        'MiB/s of processor': round(size / ((middle(runs, 'cpu') - bare.cpu) / 1000), 0),
        'MiB/s by the clock': round(size / ((middle(runs, 'clock') - bare.clock) / 1000), 0),
        'MB above bare Node': round(middle(runs, 'mb') - bare.mb),
      };
    }
  }
  return table;
}

/** The same question to programs that read JSON, of as many lines as they can read in a moment. */
async function peerTable(small) {
  const lines = join(small, 'lines.json');
  await timed(ours(small, ['-n', 'all', '--json']), { output: lines });
  const megabytes = readFileSync(lines).length / mebibyte;
  const commands = {
    jq: ['jq', '-c', 'select(.level == "warn")', lines],
    hl: ['hl', '-P', '--raw', '-l', 'w', lines],
  };
  const table = {};
  for (const [name, command] of Object.entries(commands)) {
    if (missing.includes(name)) continue;
    const [runs] = await inTurns([[command, {}]], 1);
    table[command.slice(0, -1).join(' ')] = {
      'MiB/s of processor': round(megabytes / (middle(runs, 'cpu') / 1000), 0),
    };
  }
  return table;
}

await inFolder(async (home) => {
  const small = join(home, 'small');
  mkdirSync(join(small, 'logs'), { recursive: true });
  writeImportLog(join(home, 'logs', 'node.log'), size * mebibyte);
  writeImportLog(join(small, 'logs', 'node.log'), smallSize * mebibyte);
  const bare = await emptyNode();
  const [few] = await inTurns([[ours(small, ['-n', '1']), {}]]);
  const start = { cpu: middle(few, 'cpu'), clock: middle(few, 'clock') };
  console.log(
    `Node ${process.version}, ${size} MiB, ${rounds} rounds: medians of processor time, user and system; bare Node ${round(bare.cpu)} ms, the program to its first line ${round(start.cpu)} ms`,
  );
  if (missing.length > 0) console.log(`Not found, so left out: ${missing.join(', ')}`);
  console.log(
    'Searches: milliseconds, and ours / theirs, from ours what bare Node takes taken off',
  );
  console.table(await searchTable(home, bare));
  console.log('Answers: the start of the program taken off');
  console.table(await answerTable(home, bare, start));
  console.log('The same by the library alone');
  console.table(await threadTable(home, bare));
  console.table(await peerTable(small));
  const last = ['-n', '100'];
  const [large, little] = await inTurns([[ours(home, last)], [ours(small, last)]]);
  const ratio = median(large.map(({ cpu }, turn) => cpu / little[turn].cpu));
  console.log(`-n 100 of ${size} MiB / of ${smallSize} MiB: ${round(ratio, 3)}`);
});
