import { describeFork } from '@wemixvisor/forks/describe';
import { sanitizeTerminal } from '@wemixvisor/logs';
import type { ForkReport, ForksReport } from '../report/forks-report.ts';
import { tableLines } from './table.ts';

/** The forks of a node as a table, what follows from them, and what each source said. */
export function renderForks(report: ForksReport, now: number): string {
  const { forks, missing, next, sources, running, refused } = report;
  const down = 'The node is down: this is what its log, its program and the table tell.';
  const table = [
    { title: 'Fork', texts: forks.map(({ name }) => name ?? '(no name)') },
    { title: 'When', texts: forks.map(whenOf) },
    { title: 'State', texts: forks.map(stateOf) },
    { title: 'Told by', texts: forks.map((fork) => fork.sources.join(', ')) },
  ];
  const said = [
    { title: 'Source', texts: sources.map(({ source }) => source) },
    {
      title: 'Says',
      texts: sources.map(({ heard, says }) => sanitizeTerminal(heard ? says : `- (${says})`)),
    },
  ];
  const lines = [
    ...(running ? [] : [down, '']),
    ...(forks.length === 0 ? ['no forks are known'] : tableLines(table, Infinity)),
    '',
    missing === null
      ? 'Missing:  none that anybody tells of with confidence'
      : `MISSING:  ${describeFork(missing, now)}`,
    `Next:     ${next === null ? 'none that the node has' : describeFork(next, now)}`,
    ...(refused === 0 ? [] : [`Refused:  ${refused} handshakes in the last hour, for the fork id`]),
    '',
    ...tableLines(said, Infinity),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function whenOf({ height, at, earliest, latest }: ForkReport): string {
  const date = at === null ? '' : `${at.slice(0, 16).replace('T', ' ')}Z`;
  if (height === null) return date;
  if (earliest === null || latest === null) return `block ${height}`;
  const hours = Math.ceil((Date.parse(latest) - Date.parse(earliest)) / 2 / 3_600_000);
  return `block ${height}, about ${date} ± ${hours} h`;
}

function stateOf({ state, known, confidence }: ForkReport): string {
  if (known) return state;
  const sure = confidence === 'low' ? 'not in the node (low confidence)' : 'NOT IN THE NODE';
  return `${state}, ${sure}`;
}
