/*
 * The budgets of wemixvisor and what they are worth on this machine. Needs the built program and packages.
 * npm run bench [-- --write] [--full] [--section TITLE ...]: --write puts the figures into docs/benchmarks.md, --full measures large logs too,
 * --section measures these tables alone ("Budgets" is the first one) and leaves the others on the page as they are.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { commandTimes, startTimes } from './budget-times.mjs';
import { crashSeen, idleCost } from './budget-supervisor.mjs';
import { describeMachine } from './machine.mjs';

const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean' },
    full: { type: 'boolean' },
    section: { type: 'string', multiple: true },
  },
});
const machine = describeMachine();
/** @param {string} title */
const isWanted = (title) => options.section === undefined || options.section.includes(title);
const here = fileURLToPath(new URL('.', import.meta.url));
const page = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };

const tool = (path) => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
const vitest = tool('vitest/vitest.mjs');
const formatter = tool('oxfmt/bin/oxfmt');

/** The benches that have a table of their own: the title, the program, and what makes it short unless all is asked for. */
const benches = [
  // With the flag that the supervisor sets.
  ['A health check', ['--optimize-for-size', '--expose-gc', 'health-check.mjs'], ['500']],
  ['Parsing of arguments, and streaming of a log', vitest, ['bench', '--run'], ['bench', '--run']],
  ['Reading a large log', 'logs-read.mjs', ['32', '2']],
  ['Answers of a log', 'logs-answers.mjs', ['64', '2']],
  ['Speed on a log of one shape', 'logs-speed.mjs', ['64', '1']],
  ['A log with lines of 10 MB', 'logs-long-lines.mjs', ['16', '3']],
  ['A log being written, a write(2) for each line', 'logs-write.mjs', ['256', '64', '2']],
  ...(options.full
    ? [
        ['A log being written, natively', 'logs-write.mjs', [], ['1024', '100', '5', 'seq']],
        ['A large log next to a small one', 'logs-seek.mjs'],
        ['Following a log', 'logs-follow.mjs'],
        ['A watched log at rest', 'logs-idle.mjs'],
        ['Proof: 10 million lines', 'logs-proof.mjs'],
        ['Proof: 10 million lines, 60 kills', 'logs-proof.mjs', [], ['10000000', '60']],
        [
          'Proof: 40 million lines, natively',
          'logs-proof.mjs',
          [],
          ['40000000', '0', '1', '16', 'seq'],
        ],
      ]
    : []),
];

const unknown = (options.section ?? []).filter(
  (title) => title !== 'Budgets' && !benches.some(([known]) => known === title),
);
if (unknown.length > 0) {
  const known = ['Budgets', ...benches.map(([title]) => title)].join('\n  ');
  console.error(`no section ${unknown.join(', ')}; there are:\n  ${known}`);
  process.exit(64);
}

/** The page by its sections: what stands before the first one has the title "Budgets". */
const sections = new Map(
  readFileSync(page, 'utf8')
    .split(/^(?=## )/m)
    .map((section) => [/^## (.*)$/m.exec(section)?.[1] ?? 'Budgets', section]),
);
if (isWanted('Budgets')) sections.set('Budgets', await measureBudgets());
for (const bench of benches.filter(([title]) => isWanted(title))) {
  sections.set(bench[0], measure(bench));
}
// Those at the end are written by hand.
const byHand = ['Downtime of an upgrade', 'Profiles'];
const order = ['Budgets', ...benches.map(([title]) => title)];
const others = [...sections.keys()].filter((title) => ![...order, ...byHand].includes(title));
const text = [...order, ...others, ...byHand].map((title) => sections.get(title) ?? '').join('');
console.log(text);
if (options.write) {
  writeFileSync(page, text);
  execFileSync(process.execPath, [formatter, page]);
}

/** A table of its own. */
function measure([title, file, short, full = []]) {
  console.error(title);
  const words = options.full ? full : short;
  const text = execFileSync(process.execPath, [file, words].flat(), {
    cwd: here,
    env,
    encoding: 'utf8',
  });
  // The first line of vitest names the folder on this machine.
  const told = text.replace(/^ *RUN .*$/m, '').trim();
  const where = options.section === undefined ? '' : `Measured by itself: ${machine}.\n\n`;
  return `## ${title}\n\n${where}\`\`\`text\n${told}\n\`\`\`\n\n`;
}

async function measureBudgets() {
  console.error('Commands, starts, crashes, and a supervisor at rest');
  const budgets = [
    ...(await commandTimes(20)),
    ...(await startTimes(options.full ? 20 : 8)),
    ...(await crashSeen(options.full ? 15 : 5)),
    ...(await idleCost(
      options.full ? { settleSeconds: 60, seconds: 300 } : { settleSeconds: 10, seconds: 60 },
    )),
  ];
  return [
    '# Benchmarks',
    '',
    `Written by \`npm run bench -- --write\`: medians of one run, where nothing else is said. ${machine}.`,
    '',
    row(['Budget', 'Measured', 'Goal', 'Limit', 'Verdict', 'How']),
    row(['---', '---', '---', '---', '---', '---']),
    ...budgets.map((budget) => {
      const { what, value, unit, goal, limit, note } = budget;
      const withUnit = (figure) => (figure === undefined ? '-' : `${figure} ${unit}`);
      return row([what, withUnit(value), withUnit(goal), withUnit(limit), verdict(budget), note]);
    }),
    '',
    '',
  ].join('\n');
}

function verdict({ value, goal, limit = Infinity }) {
  if (value > limit) return 'over the limit';
  if (goal === undefined) return '-';
  return value <= goal ? 'met' : 'missed';
}

function row(cells) {
  return `| ${cells.join(' | ')} |`;
}
