import type { CompletedCommand, CompletedOption, Values } from './completion-model.ts';

/** A word that can be typed at a place. */
export interface CompletedWord {
  readonly word: string;
  readonly description: string;
}

/** A place on the command line: after the program (``), a group (`config`) or a command (`config show`). */
export interface CompletionPlace {
  readonly at: string;
  readonly words: readonly CompletedWord[];
  readonly files: boolean;
  readonly options: readonly CompletedOption[];
}

/** Every place of a command line, the program itself first. */
export function completionPlaces(
  commands: readonly CompletedCommand[],
): readonly CompletionPlace[] {
  const groups = groupsOf(commands);
  const first = commands
    .filter(({ name }) => !name.includes(' '))
    .map(({ name, description }) => ({ word: name, description }));
  const top = [...first, ...groups.map((word) => ({ word, description: `commands: ${word} …` }))];
  const help = { word: 'help', description: 'explain a command' };
  return [
    { at: '', words: [...top, help], files: false, options: [] },
    { at: 'help', words: top, files: false, options: [] },
    ...groups.map((group) => ({
      at: group,
      words: commands
        .filter(({ name }) => name.startsWith(`${group} `))
        .map(({ name, description }) => ({ word: name.slice(group.length + 1), description })),
      files: false,
      options: [],
    })),
    ...commands.map(({ name, words, options }) => ({
      at: name,
      words: chosen(words).map((word) => ({ word, description: '' })),
      files: words === 'files',
      options,
    })),
  ];
}

/** The first words of commands with two words. */
export function groupsOf(commands: readonly CompletedCommand[]): readonly string[] {
  const words = commands.filter(({ name }) => name.includes(' ')).map(({ name }) => name);
  return [...new Set(words.map((name) => name.split(' ')[0] ?? name))];
}

/** The options that take a value, without duplicates. */
export function optionsWithValues(
  commands: readonly CompletedCommand[],
): readonly { readonly names: readonly string[]; readonly values: Values }[] {
  const found = new Map<string, { names: readonly string[]; values: Values }>();
  for (const { names, values } of commands.flatMap(({ options }) => options)) {
    if (values !== null) found.set(names.join(), { names, values });
  }
  return [...found.values()];
}

/** The words to choose from, if any. */
export function chosen(values: Values | null): readonly string[] {
  return values === null || typeof values === 'string' ? [] : values;
}

/** A text in single quotes for a POSIX shell. */
export function inQuotes(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
