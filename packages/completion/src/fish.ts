import type { DescribedOption, ProgramDescription, Values } from './program-description.ts';
import {
  chosen,
  groupsOf,
  identifier,
  passedValues,
  passedWords,
  passingOn,
  placesOf,
  type Place,
  type TakenValues,
} from './places.ts';

/** A completion script for fish 3: a file `NAME.fish` in ~/.config/fish/completions. */
export function fishScript(program: ProgramDescription): string {
  const { name, commands } = program;
  const prefix = `__${identifier(name)}`;
  const groups = groupsOf(commands).map(
    (group) => `            case ${quoted(group)}\n                set at "$at $word"\n`,
  );
  const passed = passingOn(commands).map((command) => ` || test "$at" = ${quoted(command)}`);
  const lines = placesOf(program).flatMap((place) => linesOf(name, prefix, place));
  return `# fish completion of ${name}.
function ${prefix}_at
    set -l at ''
    set -l passed
    for word in (commandline -opc)[2..-1]
        if test "$word" = --
            set passed yes
            break
        end
        if string match -q -- '-*' $word
            continue
        end
        switch $at
            case ''
                set at $word
${groups.join('')}        end
    end
    # What follows belongs to another program; no command is called *.
    if test -n "$passed"${passed.join('')}
        set at '*'
    end
    echo $at
end

function ${prefix}_is
    set -l at (${prefix}_at)
    test "$at" = "$argv[1]"
end

${passedFunctions(program, prefix)}
complete -c ${name} -f
complete -c ${name} -n '${prefix}_is "*"; and not ${prefix}_values > /dev/null' -F
complete -c ${name} -n '${prefix}_is "*"' -a '(${prefix}_passed)'
${lines.join('\n')}
`;
}

/** The functions that complete the options of the other program. */
function passedFunctions(program: ProgramDescription, prefix: string): string {
  return `# The values of the option before the cursor, or of --option=; fails with 1 where nobody can guess them, with 2 where there is no option.
function ${prefix}_values
    set -l before (commandline -opc)[-1]
    set -l given (string match -r -- '^(-[^=]+)=' (commandline -ct))
    set -l start ''
    if set -q given[2]
        set before $given[2]
        set start "$before="
    end
    switch "$before"
${passedValues(program).map(passedCase).join('')}    end
    set -q given[2]; and return 1
    return 2
end

# fish takes no word behind -- for an option, so these are words like any other.
function ${prefix}_passed
    ${prefix}_values
    if test $status -eq 2
${passedWords(program)
  .map(({ word, description }) => `        echo ${quoted(`${word}\t${description}`)}\n`)
  .join('')}    end
end
`;
}

function linesOf(
  name: string,
  prefix: string,
  { at, words, paths, options }: Place,
): readonly string[] {
  const here = `complete -c ${name} -n ${quoted(`${prefix}_is "${at}"`)}`;
  return [
    ...words.map(({ word, description }) => `${here} -a ${quoted(word)} -d ${quoted(description)}`),
    ...(paths === null ? [] : [`${here} ${paths === 'files' ? '-F' : `-a ${folders}`}`]),
    ...options.map((option) => `${here} ${optionWords(option)}`),
  ];
}

const folders = `'(__fish_complete_directories)'`;

function optionWords({ names, description, values = null }: DescribedOption): string {
  const spelled = names.map((name) => {
    if (name.startsWith('--')) return `-l ${name.slice(2)}`;
    // A long name with one hyphen, as Go programs have.
    return `${name.length > 2 ? '-o' : '-s'} ${name.slice(1)}`;
  });
  return [...spelled, ...answerOf(values), `-d ${quoted(description)}`].join(' ');
}

function answerOf(values: Values | null): readonly string[] {
  if (values === null) return [];
  if (values === 'files') return ['-r -F'];
  if (values === 'folders') return [`-x -a ${folders}`];
  return values === 'anything' ? ['-x'] : [`-x -a ${quoted(chosen(values).join(' '))}`];
}

/** What is offered behind an option of the other program that takes a value; paths are offered where nobody can guess. */
function passedCase({ names, values }: TakenValues): string {
  const words = chosen(values).map((word) => ` $start${quoted(word)}`);
  const offer = words.length === 0 ? 'return 1' : `printf '%s\\n'${words.join('')}`;
  const end = words.length === 0 ? '' : '            return 0\n';
  return `        case ${names.map(quoted).join(' ')}\n            ${offer}\n${end}`;
}

/** Single quotes of fish have two escapes: `\\` and `\'`. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}
