import type { CompletedCommand, Values } from './completion-model.ts';
import {
  chosen,
  completionPlaces,
  groupsOf,
  inQuotes,
  optionsWithValues,
  type CompletionPlace,
} from './completion-places.ts';

/** A completion script for bash 3.2 (macOS) and later; it needs nothing but bash. */
export function renderBashCompletion(commands: readonly CompletedCommand[]): string {
  const values = optionsWithValues(commands).map(
    ({ names, values: some }) => `      ${names.join('|')}) ${answerOf(some)}; return ;;`,
  );
  return `# bash completion of wemixvisor: source it, or put it into a bash-completion folder.
_wemixvisor_files() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$1" -- "$cur")
}

_wemixvisor_words() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$1" -- "$cur")
}

_wemixvisor() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} at='' word i words='' options='' files=''
  COMPREPLY=()
  # bash takes --option=value for three words.
  if [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [[ $cur == = ]]; then cur=''; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # What follows is the node's.
    if [[ $word == -- || $at == run ]]; then _wemixvisor_files -f; return; fi
    if [[ $word == -* ]]; then continue; fi
    case $at in
      '') at=$word ;;
      ${groupsOf(commands).join('|')}) at="$at $word" ;;
    esac
  done
  if [[ $at == run ]]; then _wemixvisor_files -f; return; fi
  if [[ -n $at ]]; then
    case $before in
${values.join('\n')}
    esac
  fi
  case $at in
${completionPlaces(commands).map(placeCase).join('\n')}
  esac
  if [[ $cur == -* ]]; then _wemixvisor_words "$options"; return; fi
  _wemixvisor_words "$words"
  if [[ -n $files ]]; then _wemixvisor_files -f; fi
}

complete -o filenames -F _wemixvisor wemixvisor
`;
}

function answerOf(values: Values): string {
  if (values === 'files') return '_wemixvisor_files -f';
  if (values === 'folders') return '_wemixvisor_files -d';
  return values === 'anything' ? ':' : `_wemixvisor_words ${inQuotes(chosen(values).join(' '))}`;
}

function placeCase({ at, words, files, options }: CompletionPlace): string {
  const names = options.flatMap((option) => option.names);
  const parts = [
    words.length === 0 ? '' : `words=${inQuotes(words.map(({ word }) => word).join(' '))}`,
    names.length === 0 ? '' : `options=${inQuotes(names.join(' '))}`,
    files ? 'files=yes' : '',
  ];
  const known = parts.filter((part) => part !== '');
  return `    ${inQuotes(at)}) ${known.join(' ') || ':'} ;;`;
}
