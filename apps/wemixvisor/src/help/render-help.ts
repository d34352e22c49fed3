import { isSwitch, placeholderOf } from '../settings/placeholders.ts';

/** clipanion's definition of a command. */
export interface CommandHelp {
  /** The program and the command, as in `wemixvisor start`. */
  readonly path: string;
  /** The path and its arguments, as in `wemixvisor config check [FILE]`. */
  readonly usage: string;
  readonly description?: string;
  readonly details?: string;
  readonly examples?: readonly (readonly [string, string])[];
  readonly options: readonly { readonly definition: string; readonly description?: string }[];
}

const indent = '  ';

/** The help of the whole program: its purpose and its commands. */
export function renderProgramHelp(
  commands: readonly CommandHelp[],
  { version, columns }: { readonly version: string; readonly columns: number },
): string {
  const title = `wemixvisor ${version}: keeps one geth-family node running, and says why when it cannot`;
  const node =
    'All arguments after `--` go to the node, byte for byte: wemixvisor start -- --datadir /data --http';
  return renderCommands(commands, { title, footer: [node], columns });
}

/** The help of a group of commands, such as `config`. */
export function renderGroupHelp(
  commands: readonly CommandHelp[],
  { group, columns }: { readonly group: string; readonly columns: number },
): string {
  return renderCommands(commands, { title: `wemixvisor ${group} COMMAND`, footer: [], columns });
}

interface Frame {
  readonly title: string;
  readonly footer: readonly string[];
  readonly columns: number;
}

function renderCommands(
  commands: readonly CommandHelp[],
  { title, footer, columns }: Frame,
): string {
  const width = Math.max(...commands.map(({ path }) => path.length));
  const lines = commands.flatMap(({ path, description = '' }) =>
    tabulated(path.padEnd(width), description.trim(), columns),
  );
  const more = [...footer, 'Help for a command: wemixvisor COMMAND --help'];
  return [
    ...wrapped(title, columns, 0),
    '',
    ...lines,
    '',
    ...more.flatMap((text) => wrapped(text, columns, 0)),
    '',
  ].join('\n');
}

/** The help of one command. */
export function renderCommandHelp(command: CommandHelp, columns: number): string {
  const options = command.options.map(({ definition, description = '' }) => ({
    name: optionName(definition),
    description,
  }));
  const width = Math.max(0, ...options.map(({ name }) => name.length));
  const { path, details, examples = [] } = command;
  const words = command.usage.slice(path.length).trim();
  const takesNode = /(start|doctor|service)$/.test(path);
  const usage = path.endsWith(' run')
    ? '[NODE-OPTIONS…]'
    : [words, '[options]', takesNode ? '[-- NODE-OPTIONS…]' : '']
        .filter((part) => part !== '')
        .join(' ');
  const paragraphs = (details ?? '')
    .split(/\n\s*\n/)
    .map((text) => text.replaceAll(/\s+/g, ' ').trim());
  return [
    ...wrapped(`${path} ${usage}`, columns, 0),
    '',
    `${indent}${capitalised(command.description ?? '')}`,
    ...paragraphs.filter((text) => text !== '').flatMap((text) => ['', ...wrapped(text, columns)]),
    ...(options.length > 0 ? ['', 'Options:'] : []),
    ...options.flatMap(({ name, description }) =>
      tabulated(name.padEnd(width), description, columns),
    ),
    ...(examples.length > 0 ? ['', 'Examples:'] : []),
    ...examples.flatMap(([what, line]) => [
      `${indent}${what.trim()}`,
      `${indent}  $ ${line.trim().replaceAll('$0', 'wemixvisor')}`,
    ]),
    '',
  ].join('\n');
}

/** clipanion writes an option as in `-f,--follow` or `--home #0`. */
function optionName(definition: string): string {
  const [names = '', value] = definition.split(' ');
  const spelled = names.split(',').join(', ');
  if (value !== undefined) return `${spelled} ${placeholderOf(names)}`;
  return isSwitch(names) ? `${spelled}[=BOOL]` : spelled;
}

function capitalised(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}`;
}

function tabulated(name: string, description: string, columns: number): readonly string[] {
  const hanging = indent.length + name.length + 2;
  if (columns - hanging < 30)
    return [`${indent}${name.trimEnd()}`, ...wrapped(description, columns, 6)];
  const [first = '', ...rest] = wrapped(description, columns, hanging);
  return [`${indent}${name}  ${first.trimStart()}`, ...rest];
}

/** Breaks a text into lines that fit, each with the same indent. */
function wrapped(text: string, columns: number, by = indent.length): readonly string[] {
  const room = Math.max(20, columns - by);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((content) => `${' '.repeat(by)}${content}`);
}
