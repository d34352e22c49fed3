/** The commands by name, under the headings and in the order of the help. */
const underHeadings = {
  'Run the node': ['start', 'stop', 'restart', 'run', 'detach'],
  'Look at it': ['status', 'logs', 'explain', 'events', 'health', 'crashes', 'alerts', 'ps', 'top'],
  'WEMIX networks': ['wemix', 'import'],
  Configure: ['doctor', 'config init', 'config check', 'config show', 'reload'],
  Upgrade: [
    'forks',
    'upgrade',
    'upgrade status',
    'upgrade cancel',
    'upgrade rollback',
    'upgrade history',
    'upgrade import',
  ],
  'Set up': ['service', 'completion', 'version'],
} as const;

/** The name of a command, as in `config show`. */
export type CommandName = (typeof underHeadings)[keyof typeof underHeadings][number];

/** The commands by name, in the order of the help. */
export const commandNames: readonly CommandName[] = Object.values(underHeadings).flat();

/** The heading under which the help has a command. */
export function headingOf(name: CommandName): string {
  const headings = Object.entries<readonly CommandName[]>(underHeadings);
  return headings.find(([, names]) => names.includes(name))?.[0] ?? '';
}

/** The name of the command that words begin with, `config show` before `config`; undefined where there is none. */
export function commandNamed(words: readonly string[]): CommandName | undefined {
  const named = (own: readonly string[]) => commandNames.find((name) => name === own.join(' '));
  return named(words.slice(0, 2)) ?? named(words.slice(0, 1));
}

/** The names of the commands under a word, as `config show` under `config`. */
export function commandsUnder(word: string): readonly CommandName[] {
  return commandNames.filter((name) => name.startsWith(`${word} `));
}
