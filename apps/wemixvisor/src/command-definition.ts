import type { CommandName } from './commands/command-names.ts';

/** A command as help, completion and error messages describe it. */
export interface CommandDefinition {
  readonly name: CommandName;
  readonly description: string;
  /** Paragraphs. */
  readonly details: readonly string[];
  /** Pairs of a title and a command line. */
  readonly examples: readonly (readonly [string, string])[];
  /** The placeholder of its argument, as in `[FILE]` or `<bash|zsh|fish>`; empty where it takes none. */
  readonly argument: string;
  readonly options: readonly OptionDefinition[];
}

/** An option of a command. */
export interface OptionDefinition {
  /** All its names, as `-f` and `--follow`. */
  readonly names: readonly string[];
  readonly description: string;
  /** The placeholder of its value, as in `--home DIR`; null where it takes none. */
  readonly placeholder: string | null;
}
