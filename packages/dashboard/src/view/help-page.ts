import type { Pen } from './pen.ts';

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

/** What the keys do. */
export function helpPage(pen: Pen, room: number): readonly string[] {
  const keys = rows.map(([key, what]) => pen.cut(`${pen.paint('strong', key.padEnd(7))}${what}`));
  return [pen.rule('Keys'), ...keys, '', ...notes.map((note) => pen.cut(note))].slice(0, room);
}
