/**
 * What the app says of a setting, for docs/configuration.md; `standard` is the default as it is typed, empty where there is none.
 * @typedef {object} Row
 * @property {string} table @property {string} key @property {string | null} option
 * @property {readonly string[]} environment @property {string} help @property {string} expected
 * @property {string} standard @property {'reload' | 'start'} takesEffect @property {boolean} secret
 */

const head = `# Configuration

Generated from the list of settings by \`node tools/generators/write.mjs\`; a test holds it current.

A setting may be given in four places. The first of these that has it counts:

1. an option of \`start\`, \`restart\` or \`doctor\`, as in \`--min-peers 3\`;
2. an environment variable, as in \`WEMIXVISOR_MIN_PEERS=3\`; an empty one counts as not set;
3. \`config.toml\` in the home, or the file that \`--config FILE\` or \`WEMIXVISOR_CONFIG\` names;
4. the default.

\`[node.env]\` is the one exception: its variables are collected from all places, by name.

The home itself is \`--home DIR\`, else \`WEMIXVISOR_HOME\`, else \`DAEMON_HOME\`, else \`~/.wemixvisor\`. \`start\` without
\`--\` also repeats the options of the last start.

| command                             | what it does                                                            |
| ----------------------------------- | ----------------------------------------------------------------------- |
| \`wemixvisor config init\`            | writes a \`config.toml\` in which every setting stands, commented out     |
| \`wemixvisor config check [FILE]\`    | names all that is wrong in it: file, line, what, the nearest name       |
| \`wemixvisor config show [--origin]\` | shows every effective value, and where it comes from                    |
| \`wemixvisor reload\`                 | reads it again and applies what does not need the node; so does SIGHUP  |

A file that somebody else owns (neither the user nor root), or that group or others can write, is refused: whoever writes
it names the program that is run. A duration needs a unit (\`500ms\`, \`30s\`, \`5m\`, \`1h30m\`); a bare number other than 0
is refused, as it could mean seconds or milliseconds.

"On reload" means: at once when the configuration is read again. "Next start" means: from the next start of the node on
(\`wemixvisor restart\`), which \`reload\` says.
`;

/** Text for a cell of a table. @param {string} text */
const cell = (text) => text.replaceAll('|', String.raw`\|`);

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** @param {Row} row */
function line({ key, option, environment, help, expected, standard, takesEffect, secret }) {
  const ways = [...(option === null ? [] : [option]), ...environment].map(code).join('<br>');
  const what = `${help}.${secret ? ' It is never shown.' : ''} <br>${expected}`;
  const when = takesEffect === 'reload' ? 'on reload' : 'next start';
  return `| ${code(key)} | ${ways} | ${cell(what)} | ${standard === '' ? '–' : cell(code(standard))} | ${when} |`;
}

/** docs/configuration.md. @param {readonly Row[]} rows */
export function renderConfiguration(rows) {
  const tables = [...new Set(rows.map(({ table }) => table))];
  const sections = tables.map((table) => {
    const lines = rows.filter((row) => row.table === table).map(line);
    return [
      `## \`[${table}]\``,
      '',
      '| key | option and variables | what it is | default | takes effect |',
      '| --- | --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n');
  });
  return [head, ...sections].join('\n');
}
