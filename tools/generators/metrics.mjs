/**
 * What a package says of a metric.
 * @typedef {object} Metric
 * @property {string} name @property {string} type @property {string} help @property {readonly string[]} labels
 */

const title = '## All metrics';

const head = `${title}

Generated from the table of [the package](../packages/metrics/README.md) by \`node tools/generators/write.mjs\`; a test holds it current.

| metric | type | labels | value |
| --- | --- | --- | --- |
`;

/** @param {Metric} metric */
function row({ name, type, help, labels }) {
  return `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |\n`;
}

/** The page of the metrics with a row for each of them in its last section. @param {string} page @param {readonly Metric[]} metrics */
export function withMetrics(page, metrics) {
  const start = page.indexOf(`${title}\n`);
  if (start < 0) throw new Error(`docs/metrics.md has no section "${title}"`);
  return `${page.slice(0, start)}${head}${metrics.map(row).join('')}`;
}
