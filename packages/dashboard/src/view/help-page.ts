import type { DashboardFacts } from '../facts.ts';
import type { Pen } from './pen.ts';

const homeRow = ['Tab', 'the next home; Shift-Tab: the one before'] as const;
const rows = [
  ['l', 'least level of the log: all, info, warn, error'],
  ['t', 'history of 15 min, 6 h or 24 h'],
  ['e', 'alerts and events; again: back'],
  ['r', 'restart the node, after a question'],
  ['s', 'stop the node, after a question'],
  ['q', 'quit, as Ctrl-C: the node is not touched'],
  ['Ctrl-Z', 'to the shell; fg comes back'],
  ['Ctrl-L', 'draw the screen anew'],
] as const;

const notes = [
  'Figures are those of the last check: looking at',
  'them asks the node nothing. In a history a gap is',
  'time that nobody watched.',
];

/** What the keys do; how to turn to another home is said where there is one. */
export function helpPage({ place }: DashboardFacts, pen: Pen, room: number): readonly string[] {
  const known = place === null ? rows : [homeRow, ...rows];
  const keys = known.map(([key, what]) => pen.cut(`${pen.paint('strong', key.padEnd(7))}${what}`));
  return [pen.rule('Keys'), ...keys, '', ...notes.map((note) => pen.cut(note))].slice(0, room);
}
