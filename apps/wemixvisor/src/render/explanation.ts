import { sanitizeTerminal } from '@wemixvisor/logs';
import type { Explanation } from '../report/explanation.ts';
import { renderSpan } from './status-table.ts';

/** An explanation in a few lines. */
export function renderExplanation(explained: Explanation, now: number): string {
  const { state, since, supervised, cause, evidence, done, next, next_at, remedy, commands } =
    explained;
  const age = since === null ? '' : ` since ${since} (${renderSpan(now - Date.parse(since))})`;
  const due = next_at === null ? '' : ` (in ${renderSpan(Math.max(0, Date.parse(next_at) - now))})`;
  const rows: readonly (readonly [label: string, text: string | null])[] = [
    ['Why', cause],
    ['It said', evidence],
    ['Done', done],
    ['Next', `${next}${due}`],
    ['To do', remedy],
    ...commands.map(({ command, does }) => ['Type', `${command}   # ${does}`] as const),
  ];
  const unwatched = supervised ? '' : ', and no supervisor watches it';
  const lines = rows.flatMap(([label, text]) =>
    text === null ? [] : [`${`${label}:`.padEnd(9)}${sanitizeTerminal(text.trim())}\n`],
  );
  const what = state === 'error' ? 'in error' : state;
  return [`The node is ${what}${age}${unwatched}.\n`, ...lines].join('');
}
