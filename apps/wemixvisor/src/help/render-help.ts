import { isSwitch } from '../settings/placeholders.ts';
import type { CommandDefinition, OptionDefinition } from '../command-definition.ts';

/** What the program is for. */
export const purpose = 'keeps one geth-family node running, and says why when it cannot';

/** Where the node's arguments go. */
export const nodeArguments =
  'All arguments after `--` go to the node, byte for byte: wemixvisor start -- --datadir /data --http';

const indent = '  ';

/** The help of the whole program: its purpose and its commands. */
export function renderProgramHelp(
  commands: readonly CommandDefinition[],
  { version, columns }: { readonly version: string; readonly columns: number },
): string {
  const title = `wemixvisor ${version}: ${purpose}`;
  return renderCommands(commands, { title, footer: [nodeArguments], columns });
}

/** The help of a group of commands, such as `config`. */
export function renderGroupHelp(
  commands: readonly CommandDefinition[],
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
  commands: readonly CommandDefinition[],
  { title, footer, columns }: Frame,
): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.flatMap(({ name, description }) =>
    tabulated(`wemixvisor ${name.padEnd(width)}`, description, columns),
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
export function renderCommandHelp(command: CommandDefinition, columns: number): string {
  const { name, description, details, examples } = command;
  const options = command.options.map((option) => ({ ...option, shown: optionNames(option) }));
  const width = Math.max(0, ...options.map(({ shown }) => shown.length));
  return [
    ...wrapped(`wemixvisor ${name} ${usageOf(command)}`, columns, 0),
    '',
    `${indent}${capitalised(description)}`,
    ...details.flatMap((text) => ['', ...wrapped(text, columns)]),
    ...(options.length > 0 ? ['', 'Options:'] : []),
    ...options.flatMap((option) =>
      tabulated(option.shown.padEnd(width), option.description, columns),
    ),
    ...(examples.length > 0 ? ['', 'Examples:'] : []),
    ...examples.flatMap(([title, line]) => [`${indent}${title}`, `${indent}  $ ${line}`]),
    '',
  ].join('\n');
}

const nodeCommands: readonly string[] = ['start', 'restart', 'doctor', 'service'];

/** What follows the name of a command, as in `[FILE] [options]`. */
export function usageOf({ name, argument }: CommandDefinition): string {
  if (name === 'run') return '[NODE-OPTIONS…]';
  const node = nodeCommands.includes(name) ? ' [-- NODE-OPTIONS…]' : '';
  return `${argument} [options]${node}`.trim();
}

/** An option as it is typed, as in `-n, --lines N`. */
export function optionNames({ names, placeholder }: OptionDefinition): string {
  const spelled = names.join(', ');
  if (placeholder !== null) return `${spelled} ${placeholder}`;
  return isSwitch(spelled) ? `${spelled}[=BOOL]` : spelled;
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
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
