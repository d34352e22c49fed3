import type { Explanation } from '../report/explanation.ts';
import { labelledLines } from './labelled-lines.ts';
import { renderSpan } from './status-table.ts';

/** An explanation in a few lines. */
export function renderExplanation(explained: Explanation, now: number): string {
  const { state, since, supervised, cause, evidence, done, next, next_at, remedy, commands } =
    explained;
  const age = since === null ? '' : ` since ${since} (${renderSpan(now - Date.parse(since))})`;
  const due = next_at === null ? '' : ` (in ${renderSpan(Math.max(0, Date.parse(next_at) - now))})`;
  const unwatched = supervised ? '' : ', and no supervisor watches it';
  const lines = labelledLines([
    ['Why', cause],
    ['It said', evidence],
    ['Done', done],
    ['Next', `${next}${due}`],
    ['To do', remedy],
    ...commands.map(({ command, does }) => ['Type', `${command}   # ${does}`] as const),
  ]);
  const what = state === 'error' ? 'in error' : state;
  return [`The node is ${what}${age}${unwatched}.\n`, ...lines.map((line) => `${line}\n`)].join('');
}
