/* Mutation testing of one project. Not in the gate: it runs the tests once for each change of the source. */
import { Stryker } from '@stryker-mutator/core';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { folderTable, survivorList } from './summary.mjs';

const usage = `npm run mutate -- PROJECT [options]
  PROJECT           a folder of packages/ or apps/: process, logs, wemixvisor ...
  --files GLOB      only these files, within the project  (src/**/*.ts)
  --sample N        only N mutants, chosen by chance
  --seed WORD       another choice  (1)
  --integration     run test/**/*.test.ts as well: slow
  --concurrency N   test runners side by side  (2)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: 'src/**/*.ts' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    integration: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '2' },
  },
});
const root = fileURLToPath(new URL('../../', import.meta.url));
const [project = ''] = positionals;
const folder = [`packages/${project}`, `apps/${project}`].find(
  (path) => project !== '' && existsSync(`${root}${path}/src`),
);
if (folder === undefined || positionals.length > 1) {
  console.error(usage);
  process.exit(1);
}

// Stryker and its test runners take the workspace from the current folder and the tests from these variables.
process.chdir(root);
process.env.WEMIXVISOR_MUTATE_FOLDER = folder;
process.env.WEMIXVISOR_MUTATE_TESTS = values.integration
  ? 'src/store/**/*.test.ts,test/rotate-live.int.test.ts,test/interrupted.int.test.ts,test/cut-head.int.test.ts'
  : 'src/**/*.test.ts';

const reports = `reports/mutation/${project}`;
mkdirSync(reports, { recursive: true });
const results = await new Stryker({
  testRunner: 'vitest',
  vitest: { configFile: 'tools/mutate/sandbox.config.ts' },
  plugins: [
    fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner')),
    fileURLToPath(new URL('sample.mjs', import.meta.url)),
  ],
  mutate: [`${folder}/${values.files}`, '!**/*.test.ts', '!**/*.generated.ts'],
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  concurrency: Number(values.concurrency),
  timeoutMS: 10_000,
  ignorePatterns: ['dist', 'coverage', 'reports', '.nx', 'apps/wemixvisor-e2e'],
  tempDirName: 'reports/mutation/sandbox',
  reporters: ['sample', 'progress-append-only', 'html', 'json'],
  htmlReporter: { fileName: `${reports}/index.html` },
  warnings: {
    unknownOptions: false,
    preprocessorErrors: true,
    unserializableOptions: true,
    slow: true,
  }, // the sample is ours
  jsonReporter: { fileName: `${reports}/mutants.json` },
  ...(values.sample && { sample: { count: Number(values.sample), seed: values.seed } }),
}).runMutationTest();

/** The report counts lines and columns from 1. @param {string} file @param {(typeof results)[number]['location']} location */
function sourceAt(file, { start, end }) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  lines.push((lines.pop() ?? '').slice(0, end.column - 1));
  return lines.join('\n').slice(start.column - 1);
}

const told = results.map(({ fileName, location, mutatorName, replacement, status }) => ({
  fileName: relative(`${root}${folder}`, fileName),
  line: location.start.line,
  mutatorName,
  original: sourceAt(fileName, location),
  replacement: replacement ?? '',
  status,
}));
writeFileSync(`${reports}/survivors.txt`, survivorList(told));
console.log(`\n${folderTable(told)}\n\nsurvivors: ${reports}/survivors.txt`);
