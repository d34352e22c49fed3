import type {
  DescribedCommand,
  DescribedOption,
  ProgramDescription,
  Values,
} from './program-description.ts';

/** A word that can be typed at a place. */
export interface OfferedWord {
  readonly word: string;
  readonly description: string;
}

/** A place on the command line: after the program (``), a group (`config`) or a command (`config show`). */
export interface Place {
  readonly at: string;
  readonly words: readonly OfferedWord[];
  /** What else than words can be typed. */
  readonly paths: 'files' | 'folders' | null;
  readonly options: readonly DescribedOption[];
}

/** Every place of a command line, the program itself first. */
export function placesOf({ commands }: ProgramDescription): readonly Place[] {
  const ways = ['', ...groupsOf(commands), ...commands.map(({ name }) => name)];
  return [...new Set(ways)].map((at) => {
    const { argument = null, options = [] } = commands.find(({ name }) => name === at) ?? {};
    const values =
      argument === 'commands'
        ? wordsUnder(commands, '').filter(({ word }) => word !== at)
        : chosen(argument).map((word) => ({ word, description: '' }));
    const paths = argument === 'files' || argument === 'folders' ? argument : null;
    return { at, words: [...wordsUnder(commands, at), ...values], paths, options };
  });
}

/** The words that lead from a place to a command, without duplicates. */
function wordsUnder(commands: readonly DescribedCommand[], at: string): readonly OfferedWord[] {
  const prefix = at === '' ? '' : `${at} `;
  const words = commands
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => name.slice(prefix.length).split(' ')[0] ?? '');
  return [...new Set(words)].map((word) => {
    const name = `${prefix}${word}`;
    const command = commands.find((each) => each.name === name);
    return { word, description: command?.description ?? `commands: ${name} …` };
  });
}

/** The words before the last one of commands with several. */
export function groupsOf(commands: readonly DescribedCommand[]): readonly string[] {
  const groups = commands.flatMap(({ name }) =>
    [...name.matchAll(/ /g)].map(({ index }) => name.slice(0, index)),
  );
  return [...new Set(groups)];
}

/** The names of the commands whose arguments belong to another program. */
export function passingOn(commands: readonly DescribedCommand[]): readonly string[] {
  return commands.filter(({ passesOn }) => passesOn === true).map(({ name }) => name);
}

/** What options of the same kind take, and the names of all of them. */
export interface TakenValues {
  readonly names: readonly string[];
  readonly values: Values;
}

/** The options of commands that take a value, without duplicates. */
export function optionsWithValues(commands: readonly DescribedCommand[]): readonly TakenValues[] {
  const found = new Map<string, TakenValues>();
  for (const { names, values = null } of commands.flatMap(({ options = [] }) => options)) {
    if (values !== null) found.set(names.join(), { names, values });
  }
  return [...found.values()];
}

/** What the options of the other program take: all that take the same are one. */
export function passedValues({ passedOptions = [] }: ProgramDescription): readonly TakenValues[] {
  const found = new Map<string, TakenValues>();
  for (const { names, values = null } of passedOptions) {
    const key = typeof values === 'string' ? values : (values?.join() ?? '');
    const same = found.get(key)?.names ?? [];
    if (values !== null) found.set(key, { names: [...same, ...names], values });
  }
  return [...found.values()];
}

/** Each name of the options of the other program, with what it does. */
export function passedWords({ passedOptions = [] }: ProgramDescription): readonly OfferedWord[] {
  return passedOptions.flatMap(({ names, description }) =>
    names.map((word) => ({ word, description })),
  );
}

/** The words to choose from, if any. */
export function chosen(values: Values | 'commands' | null): readonly string[] {
  return values === null || typeof values === 'string' ? [] : values;
}

/** A text in single quotes for a POSIX shell. */
export function inQuotes(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The name of a program as a part of a function's name. */
export function identifier(program: string): string {
  return program.replaceAll(/\W/g, '_');
}
