/**
 * What the table of causes says of an end of the node.
 * @typedef {object} Cause
 * @property {string} name @property {'never' | 'short' | 'retry' | 'hold'} class @property {string} meaning @property {string} remedy
 * @property {readonly { readonly line: string }[]} examples
 */

const title = '## By cause';

const outcomes = {
  never: 'in error at once',
  short: 'tried once more, then waits until it has cleared',
  retry: 'restarted, up to the limit',
  hold: 'waits until it has cleared',
};

const head = `${title}

The causes that \`status\`, \`explain\` and \`crashes\` name, what becomes of the node, and a line of its log that tells. Generated from the table of
[the package](../packages/diagnosis/README.md#causes) by \`node tools/generators/write.mjs\`; a test holds it current.
`;

/** @param {Cause} cause */
function entry({ name, class: itsClass, meaning, remedy, examples: [example] }) {
  const said = example === undefined ? '' : `\n\n\`\`\`text\n${example.line.trim()}\n\`\`\``;
  // A word in angle brackets would be taken for HTML.
  const words = `${meaning} ${remedy}`.replaceAll('<', String.raw`\<`);
  return `**\`${name}\`** (${outcomes[itsClass]}). ${words}${said}\n`;
}

/** The troubleshooting page with an entry for each cause in its section. @param {string} page @param {readonly Cause[]} causes */
export function withCauses(page, causes) {
  const start = page.indexOf(`${title}\n`);
  const end = page.indexOf('\n## ', start + 1);
  if (start < 0 || end < 0) throw new Error(`docs/troubleshooting.md has no section "${title}"`);
  return `${page.slice(0, start)}${[head, ...causes.map(entry)].join('\n')}${page.slice(end)}`;
}
