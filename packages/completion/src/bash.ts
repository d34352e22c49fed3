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
  type Place,
  type TakenValues,
} from './places.ts';

/** A completion script for bash 3.2 (macOS) and later; it needs nothing but bash. */
export function bashScript(program: ProgramDescription): string {
  const { name, commands } = program;
  const complete = `_${identifier(name)}`;
  const cases = (all: readonly TakenValues[]) =>
    all.map(
      ({ names, values }) => `      ${names.join('|')}) ${answerOf(complete, values)}; return ;;\n`,
    );
  const values = cases(optionsWithValues(commands));
  const others = passedWords(program).map(({ word }) => word);
  const groups = groupsOf(commands).map((group) => `      ${inQuotes(group)}) at="$at $word" ;;\n`);
  const passed = passingOn(commands).map((command) => ` || $at == ${inQuotes(command)}`);
  return `# bash completion of ${name}: source it, or put it into a bash-completion folder.
${complete}_files() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$cur")
}

${complete}_words() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$1" -- "$cur")
}

${complete}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} at='' word i words='' options='' paths='' passed=''
  COMPREPLY=()
  # bash takes --option=value for three words.
  if [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [[ $cur == = ]]; then cur=''; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == -- ]]; then passed=yes; break; fi
    if [[ $word == -* ]]; then continue; fi
    case $at in
      '') at=$word ;;
${groups.join('')}    esac
  done
  # What follows belongs to another program.
  if [[ -n $passed${passed.join('')} ]]; then
    case $before in
${cases(passedValues(program)).join('')}    esac
    if [[ $cur == -* ]]; then ${complete}_words ${inQuotes(others.join(' '))}; return; fi
    ${complete}_files -f
    return
  fi
  if [[ -n $at ]]; then
    case $before in
${values.join('')}    esac
  fi
  case $at in
${placesOf(program).map(placeCase).join('\n')}
  esac
  if [[ $cur == -* ]]; then ${complete}_words "$options"; return; fi
  ${complete}_words "$words"
  if [[ -n $paths ]]; then ${complete}_files "$paths"; fi
}

complete -o filenames -F ${complete} ${name}
`;
}

function answerOf(complete: string, values: Values): string {
  if (values === 'files') return `${complete}_files -f`;
  if (values === 'folders') return `${complete}_files -d`;
  return values === 'anything' ? ':' : `${complete}_words ${inQuotes(chosen(values).join(' '))}`;
}

function placeCase({ at, words, paths, options }: Place): string {
  const names = options.flatMap((option) => option.names);
  const parts = [
    words.length === 0 ? '' : `words=${inQuotes(words.map(({ word }) => word).join(' '))}`,
    names.length === 0 ? '' : `options=${inQuotes(names.join(' '))}`,
    paths === null ? '' : `paths=${paths === 'files' ? '-f' : '-d'}`,
  ];
  const known = parts.filter((part) => part !== '');
  return `    ${inQuotes(at)}) ${known.join(' ') || ':'} ;;`;
}
