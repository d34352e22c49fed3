import type { DescribedCommand, ProgramDescription } from './program-description.ts';

const indent = '  ';

/**
 * The help of a command, of a group of commands such as `remote`, or with an empty `topic` of the whole program, in lines that fit
 * `columns`. Undefined where the topic is none of them. Only the commands that it shows have to be described.
 *
 * @example
 * const commands = [{ name: 'copy', description: 'copy a file', usage: 'FILE' }] as const;
 * renderHelp({ name: 'notes', commands }, 'copy', 80); // 'notes copy FILE\n\n  Copy a file\n'
 */
export function renderHelp(
  { name, title = name, notes = [], commands }: ProgramDescription,
  topic: string,
  columns: number,
): string | undefined {
  const command = commands.find((each) => each.name === topic);
  if (command !== undefined) return renderCommand(name, command, columns);
  if (topic === '') return renderCommands(name, commands, { title, notes, columns });
  const under = commands.filter((each) => each.name.startsWith(`${topic} `));
  if (under.length === 0) return undefined;
  return renderCommands(name, under, { title: `${name} ${topic} COMMAND`, notes: [], columns });
}

interface Frame {
  readonly title: string;
  readonly notes: readonly string[];
  readonly columns: number;
}

function renderCommands(
  program: string,
  commands: readonly DescribedCommand[],
  { title, notes, columns }: Frame,
): string {
  const entries = commands.map(({ name, description, heading = 'Commands' }) => ({
    ...{ heading, shown: name, description },
  }));
  const width = Math.max(...entries.map(({ shown }) => shown.length));
  const more = [...notes, `Help for a command: ${program} COMMAND --help`];
  return [
    ...wrapped(title, columns, 0),
    ...underHeadings(entries, () => width, columns),
    '',
    ...more.flatMap((text) => wrapped(text, columns, 0)),
    '',
  ].join('\n');
}

function renderCommand(
  program: string,
  { name, usage = '', description, details = [], examples = [], ...command }: DescribedCommand,
  columns: number,
): string {
  const options = (command.options ?? []).map(({ names, description: what, ...option }) => ({
    heading: option.heading ?? 'Options',
    shown: option.usage ?? names.join(', '),
    description: what,
  }));
  const widest = (entries: readonly Entry[]) =>
    Math.max(...entries.map(({ shown }) => shown.length));
  return [
    ...wrapped(`${program} ${name} ${usage}`.trimEnd(), columns, 0),
    '',
    `${indent}${capitalised(description)}`,
    ...details.flatMap((text) => ['', ...wrapped(text, columns)]),
    ...underHeadings(options, widest, columns),
    ...(examples.length > 0 ? ['', 'Examples:'] : []),
    ...examples.flatMap(([title, line]) => [`${indent}${title}`, `${indent}  $ ${line}`]),
    '',
  ].join('\n');
}

/** A line of a table: an option or a command, and what it does. */
interface Entry {
  readonly heading: string;
  readonly shown: string;
  readonly description: string;
}

/** Each heading with its entries, in a column of the width that they are given. */
function underHeadings(
  entries: readonly Entry[],
  widthOf: (entries: readonly Entry[]) => number,
  columns: number,
): readonly string[] {
  const headings = [...new Set(entries.map(({ heading }) => heading))];
  return headings.flatMap((heading) => {
    const below = entries.filter((entry) => entry.heading === heading);
    const width = widthOf(below);
    const lines = below.flatMap(({ shown, description }) =>
      tabulated(shown.padEnd(width), description, columns),
    );
    return ['', `${heading}:`, ...lines];
  });
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
