import type { CompletedCommand, CompletedOption, Values } from './completion-model.ts';
import { chosen, completionPlaces, groupsOf, type CompletionPlace } from './completion-places.ts';

/** A completion script for fish 3: a file `wemixvisor.fish` in ~/.config/fish/completions. */
export function renderFishCompletion(commands: readonly CompletedCommand[]): string {
  return `# fish completion of wemixvisor.
function __wemixvisor_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        # What follows is the node's.
        if test "$word" = --; or test "$at" = run
            echo node
            return
        end
        if string match -q -- '-*' $word
            continue
        end
        switch $at
            case ''
                set at $word
            case ${groupsOf(commands).join(' ')}
                set at "$at $word"
        end
    end
    if test "$at" = run
        set at node
    end
    echo $at
end

function __wemixvisor_is
    set -l at (__wemixvisor_at)
    test "$at" = "$argv[1]"
end

complete -c wemixvisor -f
complete -c wemixvisor -n '__wemixvisor_is node' -F
${completionPlaces(commands).flatMap(linesOf).join('\n')}
`;
}

function linesOf({ at, words, files, options }: CompletionPlace): readonly string[] {
  const here = `complete -c wemixvisor -n ${quoted(`__wemixvisor_is "${at}"`)}`;
  return [
    ...words.map(({ word, description }) => `${here} -a ${quoted(word)} -d ${quoted(description)}`),
    ...(files ? [`${here} -F`] : []),
    ...options.map((option) => `${here} ${optionWords(option)}`),
  ];
}

function optionWords({ names, description, values }: CompletedOption): string {
  const spelled = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  return [...spelled, ...answerOf(values), `-d ${quoted(description)}`].join(' ');
}

function answerOf(values: Values | null): readonly string[] {
  if (values === null) return [];
  if (values === 'files') return ['-r -F'];
  if (values === 'folders') return [`-x -a '(__fish_complete_directories)'`];
  return values === 'anything' ? ['-x'] : [`-x -a ${quoted(chosen(values).join(' '))}`];
}

/** Single quotes of fish have two escapes: `\\` and `\'`. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
