import { commandLine, head, item, lineByLine, paragraphs, prose, section, usage } from './roff.ts';

/** A name, and what is said of it in a sentence or two. */
interface Described {
  readonly name: string;
  readonly what: string;
}

interface Command {
  readonly name: string;
  readonly description: string;
  /** Paragraphs; one that begins with `Exit code:` is what the command returns. */
  readonly details: readonly string[];
  /** Its arguments, as in `[FILE] [options]`. */
  readonly usage: string;
  readonly options: readonly Described[];
  /** Pairs of a title and a command line. */
  readonly examples: readonly (readonly [string, string])[];
}

interface Setting {
  readonly key: string;
  readonly option: string | null;
  readonly environment: readonly string[];
  readonly help: string;
  readonly expected: string;
  /** The default as it is typed, empty where there is none. */
  readonly standard: string;
  readonly takesEffect: 'reload' | 'start';
}

/** Everything that the manual says, from the program's own definitions. */
export interface Program {
  readonly version: string;
  readonly purpose: string;
  readonly nodeArguments: string;
  readonly commands: readonly Command[];
  readonly exitCodes: readonly Described[];
  readonly variables: readonly Described[];
  readonly files: readonly Described[];
  readonly settings: readonly Setting[];
}

/** A page of section 1: the name of its file and its text. */
export interface Page {
  readonly file: string;
  readonly content: string;
}

/** The manual: a page for the program, for each command and for the configuration; a command's actions lead to its page. */
export function manual(program: Program): readonly Page[] {
  return [
    programPage(program),
    configurationPage(program),
    ...program.commands.flatMap((command) => [
      commandPage(program, command),
      ...actionsOf(command).map((action) => link(action, command.name)),
    ]),
  ];
}

const pageName = (name: string) => `wemixvisor-${name.replaceAll(' ', '-')}`;
const reference = (page: string) => `\`${page}\`(1)`;
const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

interface Body {
  readonly description: string;
  readonly lines: readonly string[];
}

function page(names: readonly string[], { version }: Program, { description, lines }: Body): Page {
  const [name = ''] = names;
  const title = prose(`${names.join(', ')} - ${capitalised(description)}`);
  const content = [...head(name, version), ...section('NAME', [title]), ...lines, ''].join('\n');
  return { file: `${name}.1`, content };
}

const configuration = pageName('config');
const outlives =
  'The node outlives its supervisor: `wemixvisor detach` ends the supervisor alone, and the next `wemixvisor start` takes up the node that runs.';
const inHome = 'Of the default home:';
const passedOn =
  "`run` and `start --foreground` pass on the node's own exit code, or 128 + the number of the signal that ended it.";

function programPage(program: Program): Page {
  const { commands, exitCodes, variables, files, purpose, nodeArguments } = program;
  const lines = [
    ...synopsis('COMMAND [options]', 'COMMAND --help', '--version'),
    ...section('DESCRIPTION', paragraphs([`wemixvisor ${purpose}.`, nodeArguments, outlives])),
    ...section('COMMANDS', pagesOf(commands)),
    ...section('EXIT STATUS', [...described(exitCodes), ...paragraphs([passedOn])]),
    ...section('ENVIRONMENT', described(variables)),
    ...section('FILES', [...paragraphs([inHome]), ...described(files)]),
    ...seeAlso([configuration, ...commands.map(({ name }) => pageName(name))]),
  ];
  return page(['wemixvisor'], program, { description: purpose, lines });
}

function commandPage(program: Program, command: Command): Page {
  const { name, description, details, options, examples } = command;
  const codes = details.filter((text) => text.startsWith(exitCode));
  const others = details.filter((text) => !text.startsWith(exitCode));
  const lines = [
    ...synopsis(`${name} ${command.usage}`),
    ...section('DESCRIPTION', paragraphs(others)),
    ...section('OPTIONS', options.flatMap(optionItem)),
    ...section('EXIT STATUS', [...codes.flatMap(exitStatus), ...paragraphs([allCodes])]),
    ...section(
      'EXAMPLES',
      examples.flatMap(([title, line]) => [...paragraphs([title]), ...commandLine(line)]),
    ),
    ...seeAlso(['wemixvisor', ...related(program, command).map(pageName)]),
  ];
  return page([name, ...actionsOf(command)].map(pageName), program, { description, lines });
}

const exitCode = 'Exit code: ';
const allCodes = `${reference('wemixvisor')} has all exit codes.`;

/** A list of codes, as in `Exit code: 0 stopped, 1 killed.`, becomes one; what follows it, or is no list, stays a sentence. */
function exitStatus(paragraph: string): readonly string[] {
  const text = paragraph.slice(exitCode.length);
  const [list = '', ...rest] = text.split(/(?<=\.) /);
  const codes = list.replace(/\.$/, '').split(/, (?=\d+ )/);
  if (codes.length === 1) return paragraphs([capitalised(text)]);
  return [
    ...codes.flatMap((code) => {
      const [number = '', ...words] = code.split(' ');
      return item(prose(`\`${number}\``), [`${capitalised(words.join(' '))}.`]);
    }),
    ...paragraphs(rest.length === 0 ? [] : [rest.join(' ')]),
  ];
}

const sources = [
  'A setting may be given in four places, of which the first that has it counts: an option of `start`, `restart` or `doctor`; a variable of the environment, where an empty one counts as not set; config.toml in the home, or the file that `--config` or WEMIXVISOR_CONFIG names; the default.',
  'config.toml has the keys in tables: `stop.timeout` is the key `timeout` of the table `[stop]`. A file that others can write is refused, as it names the program that is run.',
];

/** The page of the settings, and of the commands that show, check and write them. */
function configurationPage(program: Program): Page {
  const commands = program.commands.filter(({ name }) => name.startsWith('config '));
  const lines = [
    ...synopsis(...commands.map(({ name, usage: words }) => `${name} ${words}`)),
    ...section('DESCRIPTION', paragraphs(sources)),
    ...section('COMMANDS', pagesOf(commands)),
    ...section('SETTINGS', program.settings.flatMap(settingItem)),
    ...seeAlso(['wemixvisor', ...commands.map(({ name }) => pageName(name)), pageName('reload')]),
  ];
  const description = 'the settings of wemixvisor, and the commands that show and check them';
  return page([configuration], program, { description, lines });
}

function settingItem({ key, option, environment, help, expected, standard, takesEffect }: Setting) {
  const ways = [...(option === null ? [] : [option]), ...environment].join(', ');
  const when = takesEffect === 'reload' ? 'applied by a reload' : 'applied by the next start';
  const value = `Value: ${expected}${standard === '' ? '' : ` (default ${standard})`}.`;
  return item(prose(`\`${key}\``), [`${help}.`, value, `${ways}; ${when}.`]);
}

const optionItem = ({ name, what }: Described) => item(usage(name), [`${what}.`]);

const described = (all: readonly Described[]) =>
  all.flatMap(({ name, what }) => item(prose(`\`${name}\``), [what]));

/** What is done by an optional first argument, as in `[list|show|bundle]`: it has a name of its own, but no page. */
function actionsOf({ name, usage: words }: Command): readonly string[] {
  const [, actions = ''] = /^\[(?!options\])([a-z|]+)\]/.exec(words) ?? [];
  return actions
    .split('|')
    .filter(Boolean)
    .map((action) => `${name} ${action}`);
}

const link = (action: string, name: string): Page => ({
  file: `${pageName(action)}.1`,
  content: `.so man1/${pageName(name)}.1\n`,
});

/** The commands that a command's text and examples speak of, and the configuration where the command takes one. */
function related({ commands }: Program, { name, details, examples, options }: Command) {
  const text = [...details, ...examples.flat()].join('\n');
  const others = commands
    .map((other) => other.name)
    .filter((other) => other !== name && new RegExp(`(?:\`|wemixvisor )${other}\\b`).test(text));
  const hasSettings = options.some((option) => option.name.startsWith('--config '));
  return hasSettings ? [...others, 'config'] : others;
}

const synopsis = (...usages: readonly string[]) =>
  section('SYNOPSIS', lineByLine(usages.map((words) => usage(`wemixvisor ${words}`))));

const pagesOf = (commands: readonly Command[]) =>
  commands.flatMap(({ name, description }) =>
    item(prose(reference(pageName(name))), [`${capitalised(description)}.`]),
  );

const seeAlso = (pages: readonly string[]) =>
  section('SEE ALSO', paragraphs([pages.map(reference).join(', ')]));
