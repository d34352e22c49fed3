import type { Explanation } from '../report/explanation.ts';
import { localTime } from './local-time.ts';
import { labelledLines } from './labelled-lines.ts';
import { renderSpan } from './status-table.ts';

/** An explanation in a few lines. */
export function renderExplanation(explained: Explanation, now: number): string {
  const { state, since, ended_at: ended, supervised, next, next_at, commands } = explained;
  const age = (at: string) => renderSpan(now - Date.parse(at));
  const from = since === null ? '' : ` since ${localTime(Date.parse(since))} (${age(since)})`;
  const due = next_at === null ? '' : ` (in ${renderSpan(Math.max(0, Date.parse(next_at) - now))})`;
  const unwatched = supervised ? '' : ', and no supervisor watches it';
  const lines = labelledLines([
    [
      'Ended',
      ended === null || ended === since
        ? null
        : `${localTime(Date.parse(ended))} (${age(ended)} ago)`,
    ],
    ['Why', explained.cause],
    ['Evidence', explained.evidence],
    ['Last line', explained.last_line],
    ['Done', explained.done],
    ['Next', `${next}${due}`],
    ['To do', explained.remedy],
    ...commands.map(({ command, does }) => ['Type', `${command}   # ${does}`] as const),
  ]);
  const what = state === 'error' ? 'in error' : state;
  return [`The node is ${what}${from}${unwatched}.\n`, ...lines.map((line) => `${line}\n`)].join(
    '',
  );
}
