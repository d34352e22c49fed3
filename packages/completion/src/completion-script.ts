import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import type { DescribedOption, ProgramDescription } from './program-description.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/**
 * A script that completes the commands, options and values of a program. It stands for itself: the tab key does not run
 * the program. For bash 3.2 (as macOS has), zsh 5 and fish 3, or later.
 *
 * @throws RangeError for a name or a word to choose that a shell would not read as it is: letters, digits and `_.+%,/-`
 * are possible.
 *
 * @example
 * import { writeFile } from 'node:fs/promises';
 * import { completionScript } from '@wemixvisor/completion';
 *
 * const commands = [{ name: 'copy', description: 'copy a file', argument: 'files' }] as const;
 * await writeFile('_notes', completionScript('zsh', { name: 'notes', commands }));
 */
export function completionScript(
  shell: 'bash' | 'zsh' | 'fish',
  program: ProgramDescription,
): string {
  for (const word of wordsOf(program)) {
    if (!/^[\w.+%,/-]+$/.test(word)) {
      throw new RangeError(`${JSON.stringify(word)} is not a plain word`);
    }
  }
  return scripts[shell](program);
}

/** All that the scripts contain without quotes. */
function wordsOf({ name, commands, passedOptions = [] }: ProgramDescription): readonly string[] {
  const own = commands.flatMap((command) => [
    ...command.name.split(' '),
    ...choice(command.argument),
    ...(command.options ?? []).flatMap(optionWords),
  ]);
  return [name, ...own, ...passedOptions.flatMap(optionWords)];
}

const optionWords = ({ names, values }: DescribedOption) => [...names, ...choice(values)];
const choice = (values: readonly string[] | string | null | undefined) =>
  typeof values === 'object' && values !== null ? values : [];
