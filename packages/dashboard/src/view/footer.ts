import type { DashboardFacts } from '../facts.ts';
import type { Ui } from '../ui.ts';
import { widthOf, type Pen } from './pen.ts';

/** The keys, the most needed first; a second word where there is room. */
const keys = [
  ['?', 'help'],
  ['q', 'quit'],
  ['Tab', 'home'],
  ['l', 'level'],
  ['t', 'time'],
  ['e', 'events'],
  ['r', 'restart'],
  ['s', 'stop'],
] as const;

/** In which order they are shown. */
const shownOrder = ['l', 't', 'e', 'Tab', 'r', 's', 'q', '?'];

/** The question that is open, else the keys. */
export function footer({ asking, page }: Ui, { grace, place }: DashboardFacts, pen: Pen): string {
  if (asking !== null) {
    const isWide = pen.columns >= 64;
    const whose = place === null ? 'the node' : `home ${place.at}/${place.of}`;
    const object = isWide || place !== null ? ` ${whose}` : '';
    const what = `${asking.action === 'stop' ? 'Stop' : 'Restart'}${object}?`;
    const gets = grace === null ? '' : ` It has ${grace} to end${isWide ? ' cleanly' : ''}.`;
    return pen.cut(pen.paint('strong', `${what}${gets} y: yes, other keys: no`));
  }
  const useful = keys.filter(([key]) => key !== 'Tab' || place !== null);
  const texts = useful.map(([key, word]) => {
    const label = page === 'events' && key === 'e' ? 'back' : word;
    return { key, plain: `${key} ${label}`, text: `${pen.paint('strong', key)} ${label}` };
  });
  const shown = new Set<string>();
  let width = 0;
  for (const { key, plain } of texts) {
    width += widthOf(plain) + (shown.size === 0 ? 0 : 2);
    if (width > pen.columns) break;
    shown.add(key);
  }
  return texts
    .filter(({ key }) => shown.has(key))
    .toSorted((a, b) => shownOrder.indexOf(a.key) - shownOrder.indexOf(b.key))
    .map(({ text }) => text)
    .join('  ');
}
