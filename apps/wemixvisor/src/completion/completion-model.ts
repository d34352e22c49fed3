import type { CommandDefinition } from '../command-definition.ts';

/** The possible values: words to choose from, files, folders, or anything. */
export type Values = readonly string[] | 'files' | 'folders' | 'anything';

/** An option for a completion script. */
export interface CompletedOption {
  /** All its names, as in `-f` and `--follow`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Null where it takes no value. */
  readonly values: Values | null;
}

/** A command for a completion script. */
export interface CompletedCommand {
  /** One word, or two as in `config show`. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** The values of its argument; null where it takes none. */
  readonly words: Values | null;
}

/** Everything that the scripts complete, from the definitions that also make the help. */
export function completionModel(
  definitions: readonly CommandDefinition[],
): readonly CompletedCommand[] {
  return definitions.map(({ name, description, argument, options }) => ({
    name,
    description,
    options: options.map((option) => ({
      names: option.names,
      description: option.description,
      values: option.placeholder === null ? null : valuesOf(option.placeholder),
    })),
    words: wordsOf(argument),
  }));
}

/** The values of the argument in `completion <bash|zsh|fish>` or `config check [FILE]`. */
function wordsOf(argument: string): Values | null {
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(argument)?.[1];
  return placeholder === undefined ? null : valuesOf(placeholder);
}

const levels = ['crit', 'error', 'warn', 'info', 'debug', 'trace'];

function valuesOf(placeholder: string): Values {
  if (/^(?:FILE|PROGRAM)$/.test(placeholder)) return 'files';
  if (placeholder === 'DIR') return 'folders';
  if (placeholder === 'LEVEL') return levels;
  return /^[a-z|-]+$/.test(placeholder) ? placeholder.split('|') : 'anything';
}
