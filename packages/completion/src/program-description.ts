/** The possible values of an option or an argument: words to choose from, files, folders, or anything. */
export type Values = readonly string[] | 'files' | 'folders' | 'anything';

/** An option of a command. */
export interface DescribedOption {
  /** All its names, as `-f` and `--follow`. */
  readonly names: readonly string[];
  /** One line, shown by help, zsh and fish. */
  readonly description: string;
  /**
   * How it is typed, for help, as in `-n, --lines N`.
   *
   * @default its names
   */
  readonly usage?: string;
  /**
   * Options of one heading stand together in the help; the headings in the order in which they first appear.
   *
   * @default 'Options'
   */
  readonly heading?: string;
  /**
   * Null where it takes no value. An option of several commands takes the same values in each of them.
   *
   * @default null
   */
  readonly values?: Values | null;
}

/** A command of a program. */
export interface DescribedCommand {
  /** One word, or several as in `remote add`; the words before the last one name a group. */
  readonly name: string;
  /** One line, shown by help, zsh and fish. */
  readonly description: string;
  /**
   * Commands of one heading stand together in the help of the program; the headings in the order in which they first appear.
   *
   * @default 'Commands'
   */
  readonly heading?: string;
  /**
   * What follows its name, for help, as in `[FILE] [options]`.
   *
   * @default nothing
   */
  readonly usage?: string;
  /**
   * Paragraphs of its help.
   *
   * @default []
   */
  readonly details?: readonly string[];
  /**
   * Pairs of a title and a command line, for its help.
   *
   * @default []
   */
  readonly examples?: readonly (readonly [title: string, line: string])[];
  /** @default [] */
  readonly options?: readonly DescribedOption[];
  /**
   * The values of its argument, `commands` for the first words of the program's commands; null where it takes none.
   *
   * @default null
   */
  readonly argument?: Values | 'commands' | null;
  /**
   * Whether all that follows belongs to another program, as it always does behind `--`: its options and files are offered there.
   *
   * @default false
   */
  readonly passesOn?: boolean;
}

/** A program and all that can be typed behind its name, as plain data. */
export interface ProgramDescription {
  /** The name that it is called by. */
  readonly name: string;
  /**
   * The first line of its help.
   *
   * @default its name
   */
  readonly title?: string;
  /**
   * Lines below the commands in its help.
   *
   * @default []
   */
  readonly notes?: readonly string[];
  /**
   * Options of the program that gets what is behind `--`, or behind a command that passes on.
   *
   * @default []
   */
  readonly passedOptions?: readonly DescribedOption[];
  /** At least one; each name once. */
  readonly commands: readonly DescribedCommand[];
}
