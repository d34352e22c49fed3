/* The coverage of all that is published, together: reads what the tests of each project wrote, prints it, and fails below the limit. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const limit = 85;
const measures = ['statements', 'branches', 'functions', 'lines'];
const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = readdirSync(`${root}packages`).map((name) => `packages/${name}`);
const projects = [...packages, 'apps/wemixvisor'];

const totals = projects.map((project) => {
  const text = readFileSync(`${root}${project}/coverage/coverage-summary.json`, 'utf8');
  return JSON.parse(text).total;
});
/** @type {(measure: string, field: 'covered' | 'total') => number} */
const sum = (measure, field) => totals.reduce((all, total) => all + total[measure][field], 0);
/** @type {(covered: number, total: number) => number} */
const percent = (covered, total) => Math.floor((1000 * covered) / total) / 10;
const overall = measures.map((measure) => percent(sum(measure, 'covered'), sum(measure, 'total')));

console.log(`percent of ${measures.join(', ')}:`);
projects.forEach((project, at) => {
  const own = measures.map((measure) => totals[at][measure].pct);
  console.log(`  ${project.padEnd(22)} ${own.join('  ')}`);
});
console.log(`  ${'overall'.padEnd(22)} ${overall.join('  ')}`);
if (Math.min(...overall) < limit) {
  console.error(`The overall coverage is below ${limit} %.`);
  process.exitCode = 1;
}
