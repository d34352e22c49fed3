import { sanitizeTerminal } from '@wemixvisor/logs';
import {
  forkWords,
  missingForkWords,
  momentWords,
  type ForkReport,
  type ForksReport,
} from '../report/forks-report.ts';
import { tableLines } from './table.ts';

/** The forks of a node as a table, what follows from them, and what each source said. */
export function renderForks(report: ForksReport, now: number): string {
  const { forks, missing, next, sources, running } = report;
  const lines = [
    ...(running
      ? []
      : ['The node is down: this is what its log, its program and the table tell.', '']),
    ...(forks.length === 0 ? ['no forks are known'] : tableLines(columnsOf(forks), 10_000)),
    '',
    missing === null
      ? 'Missing:  none that anybody tells of with confidence'
      : `MISSING:  ${missingForkWords(missing, now)}`,
    `Next:     ${next === null ? 'none that the node has' : forkWords(next, now)}`,
    '',
    ...tableLines(
      [
        { title: 'Source', texts: sources.map(({ source }) => source) },
        {
          title: 'Says',
          texts: sources.map(({ heard, says }) => sanitizeTerminal(heard ? says : `- (${says})`)),
        },
      ],
      10_000,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function columnsOf(forks: readonly ForkReport[]) {
  return [
    { title: 'Fork', texts: forks.map(({ name }) => name ?? '(no name)') },
    { title: 'When', texts: forks.map(whenOf) },
    { title: 'State', texts: forks.map(stateOf) },
    { title: 'Told by', texts: forks.map(({ sources }) => sources.join(', ')) },
  ];
}

function whenOf(fork: ForkReport): string {
  if (fork.time !== null) return momentWords(fork.time);
  if (fork.expected === null) return `block ${fork.height}`;
  const { at, earliest, latest } = fork.expected;
  const hours = Math.ceil((Date.parse(latest) - Date.parse(earliest)) / 2 / 3_600_000);
  return `block ${fork.height}, about ${momentWords(at)} ± ${hours} h`;
}

function stateOf({ state, known, confidence }: ForkReport): string {
  if (known) return state;
  return confidence === 'low'
    ? `${state}, not in the node (low confidence)`
    : `${state}, NOT IN THE NODE`;
}
