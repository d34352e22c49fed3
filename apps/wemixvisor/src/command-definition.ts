import type { completionScript } from '@wemixvisor/completion';
import type { CommandName } from './commands/command-names.ts';

type Program = Parameters<typeof completionScript>[1];
type Command = Required<Program['commands'][number]>;

/** An option of a command, as help, completion and the manual describe it. */
export type OptionDefinition = Required<Command['options'][number]>;

/** A command as help, completion, the manual and error messages describe it. */
export interface CommandDefinition extends Command {
  readonly name: CommandName;
  readonly options: readonly OptionDefinition[];
}
