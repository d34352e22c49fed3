import type { completionScript } from '@wemixvisor/completion';
import type { CommandDefinition } from '../command-definition.ts';

type ProgramDescription = Parameters<typeof completionScript>[1];

/** Everything that completion scripts complete, from the definitions that also make the help. */
export function programDescription(definitions: readonly CommandDefinition[]): ProgramDescription {
  const commands = definitions.map(({ name, description, argument, options }) => ({
    name,
    description,
    options: options.map((option) => ({
      names: option.names,
      description: option.description,
      values: option.placeholder === null ? null : valuesOf(option.placeholder),
    })),
    argument: argumentValues(argument),
    passesOn: name === 'run',
  }));
  const help = { name: 'help', description: 'explain a command', argument: 'commands' } as const;
  return { name: 'wemixvisor', commands: [...commands, help] };
}

/** The values of the argument in `completion <bash|zsh|fish>` or `config check [FILE]`. */
function argumentValues(argument: string) {
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(argument)?.[1];
  return placeholder === undefined ? null : valuesOf(placeholder);
}

const levels = ['crit', 'error', 'warn', 'info', 'debug', 'trace'];

function valuesOf(placeholder: string): readonly string[] | 'files' | 'folders' | 'anything' {
  if (/^(?:FILE|PROGRAM)$/.test(placeholder)) return 'files';
  if (placeholder === 'DIR') return 'folders';
  if (placeholder === 'LEVEL') return levels;
  return /^[a-z|-]+$/.test(placeholder) ? placeholder.split('|') : 'anything';
}
