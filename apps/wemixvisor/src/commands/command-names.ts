/** The commands by name, in the order of the help. */
export const commandNames = [
  'start',
  'run',
  'stop',
  'restart',
  'status',
  'top',
  'explain',
  'crashes',
  'health',
  'alerts',
  'logs',
  'detach',
  'doctor',
  'reload',
  'config show',
  'config check',
  'config init',
  'service',
  'completion',
  'version',
] as const;

/** The name of a command, as in `config show`. */
export type CommandName = (typeof commandNames)[number];

/** The name of the command that words begin with, `config show` before `config`; undefined where there is none. */
export function commandNamed(words: readonly string[]): CommandName | undefined {
  const candidates = [words.slice(0, 2).join(' '), words[0]];
  return commandNames.find((name) => candidates.includes(name));
}

/** The names of the commands under a word, as `config show` under `config`. */
export function commandsUnder(word: string): readonly CommandName[] {
  return commandNames.filter((name) => name.startsWith(`${word} `));
}
