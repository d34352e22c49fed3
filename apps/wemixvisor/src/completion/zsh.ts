import type { CompletedCommand, Values } from './completion-model.ts';
import {
  chosen,
  completionPlaces,
  groupsOf,
  inQuotes,
  optionsWithValues,
  type CompletedWord,
  type CompletionPlace,
} from './completion-places.ts';

/** A completion script for zsh 5: a file `_wemixvisor` in a folder of fpath, or sourced after compinit. */
export function renderZshCompletion(commands: readonly CompletedCommand[]): string {
  const values = optionsWithValues(commands).map(
    ({ names, values: some }) => `      (${names.join('|')}) ${answerOf(some)}; return ;;`,
  );
  return `#compdef wemixvisor
_wemixvisor() {
  local at='' word='' before=\${words[CURRENT-1]} files='' i
  local -a found options
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    # What follows is the node's.
    if [[ $word == -- || $at == run ]]; then _files; return; fi
    if [[ $word == -* ]]; then continue; fi
    case $at in
      ('') at=$word ;;
      (${groupsOf(commands).join('|')}) at="$at $word" ;;
    esac
  done
  if [[ $at == run ]]; then _files; return; fi
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P '*='
  fi
  if [[ -n $at ]]; then
    case $before in
${values.join('\n')}
    esac
  fi
  case $at in
${completionPlaces(commands).map(placeCase).join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then _describe -o option options; return; fi
  if (( \${#found} )); then _describe word found; fi
  if [[ -n $files ]]; then _files; fi
}

if [[ \${funcstack[1]} == _wemixvisor ]]; then
  _wemixvisor "$@"
elif (( \${+functions[compdef]} )); then
  compdef _wemixvisor wemixvisor
fi
`;
}

function answerOf(values: Values): string {
  if (values === 'files') return '_files';
  if (values === 'folders') return '_files -/';
  return values === 'anything' ? '_message value' : `compadd -- ${chosen(values).join(' ')}`;
}

function placeCase({ at, words, files, options }: CompletionPlace): string {
  const all = options.flatMap(({ names, description }) =>
    names.map((word) => ({ word, description })),
  );
  const parts = [
    words.length === 0 ? '' : `found=(${described(words)})`,
    all.length === 0 ? '' : `options=(${described(all)})`,
    files ? 'files=yes' : '',
  ];
  const known = parts.filter((part) => part !== '');
  return `    (${inQuotes(at)}) ${known.join('; ') || ':'} ;;`;
}

/** zsh separates a word from its description by a colon. */
function described(words: readonly CompletedWord[]): string {
  const entries = words.map(({ word, description }) =>
    description === '' ? word : `${word}:${description}`,
  );
  return entries.map(inQuotes).join(' ');
}
