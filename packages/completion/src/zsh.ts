import type { ProgramDescription, Values } from './program-description.ts';
import {
  chosen,
  groupsOf,
  identifier,
  inQuotes,
  optionsWithValues,
  passedValues,
  passedWords,
  passingOn,
  placesOf,
  type OfferedWord,
  type Place,
  type TakenValues,
} from './places.ts';

/** A completion script for zsh 5: a file `_NAME` in a folder of fpath, or sourced after compinit. */
export function zshScript(program: ProgramDescription): string {
  const { name, commands } = program;
  const complete = `_${identifier(name)}`;
  const cases = (all: readonly TakenValues[]) =>
    all.map(({ names, values }) => `      (${names.join('|')}) ${answerOf(values)}; return ;;\n`);
  const values = cases(optionsWithValues(commands));
  const groups = groupsOf(commands).map(
    (group) => `      (${inQuotes(group)}) at="$at $word" ;;\n`,
  );
  const passed = passingOn(commands).map((command) => ` || $at == ${inQuotes(command)}`);
  return `#compdef ${name}
${complete}() {
  local at='' word='' before=\${words[CURRENT-1]} paths='' passed='' i
  local -a found options
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    if [[ $word == -- ]]; then passed=yes; break; fi
    if [[ $word == -* ]]; then continue; fi
    case $at in
      ('') at=$word ;;
${groups.join('')}    esac
  done
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P '*='
  fi
  # What follows belongs to another program.
  if [[ -n $passed${passed.join('')} ]]; then
    case $before in
${cases(passedValues(program)).join('')}    esac
    options=(${described(passedWords(program))})
    if [[ $PREFIX == -* ]]; then _describe -o option options; return; fi
    _files
    return
  fi
  if [[ -n $at ]]; then
    case $before in
${values.join('')}    esac
  fi
  case $at in
${placesOf(program).map(placeCase).join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then _describe -o option options; return; fi
  if (( \${#found} )); then _describe word found; fi
  if [[ $paths == folders ]]; then _files -/; elif [[ -n $paths ]]; then _files; fi
}

if [[ \${funcstack[1]} == ${complete} ]]; then
  ${complete} "$@"
elif (( \${+functions[compdef]} )); then
  compdef ${complete} ${name}
fi
`;
}

function answerOf(values: Values): string {
  if (values === 'files') return '_files';
  if (values === 'folders') return '_files -/';
  return values === 'anything' ? '_message value' : `compadd -- ${chosen(values).join(' ')}`;
}

function placeCase({ at, words, paths, options }: Place): string {
  const all = options.flatMap(({ names, description }) =>
    names.map((word) => ({ word, description })),
  );
  const parts = [
    words.length === 0 ? '' : `found=(${described(words)})`,
    all.length === 0 ? '' : `options=(${described(all)})`,
    paths === null ? '' : `paths=${paths}`,
  ];
  const known = parts.filter((part) => part !== '');
  return `    (${inQuotes(at)}) ${known.join('; ') || ':'} ;;`;
}

/** zsh separates a word from its description by a colon. */
function described(words: readonly OfferedWord[]): string {
  const entries = words.map(({ word, description }) =>
    description === '' ? word : `${word}:${description}`,
  );
  return entries.map(inQuotes).join(' ');
}
