import type { DashboardFacts } from '../facts.ts';
import { windows, type Ui } from '../ui.ts';
import { figures } from './figures.ts';
import { footer } from './footer.ts';
import { header, troubles } from './header.ts';
import { helpPage } from './help-page.ts';
import { alertLines, logLines } from './lists.ts';
import { createPen, oneLine, toAscii, type Pen, type ScreenOptions } from './pen.ts';

/** What came of an action, until the next key. */
export interface Notice {
  readonly isBad: boolean;
  readonly text: string;
}

/** All that a screen shows. */
export interface DashboardModel {
  readonly facts: DashboardFacts;
  readonly ui: Ui;
  readonly notice: Notice | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Lines of the log that stay however much there is to say above. */
const leastLog = 3;

/** Columns that the rows of figures need. */
const leastColumns = 48;

/** The screen as lines, as many as it has rows and none wider than it; pure. */
export function screenOf(model: DashboardModel, options: ScreenOptions): readonly string[] {
  const pen = createPen(options);
  const { rows, unicode = true } = options;
  const bottom = [...noticeLines(model, pen), footer(model.ui, model.facts, pen)];
  const room = Math.max(0, rows - bottom.length);
  const top = body(model, pen, room).slice(0, room);
  const filled = [...top, ...Array<string>(room - top.length).fill(''), ...bottom].slice(-rows);
  const fitted = options.columns < leastColumns ? filled.map((line) => pen.cut(line)) : filled;
  return unicode ? fitted : fitted.map(toAscii);
}

function noticeLines({ notice }: DashboardModel, pen: Pen): readonly string[] {
  if (notice === null) return [];
  const most = pen.rows < 16 ? 2 : 4;
  const lines = notice.text.split('\n').flatMap((line) => pen.wrap(oneLine(line), most));
  const tone = notice.isBad ? 'bad' : 'strong';
  const said = lines.filter((line) => line !== '');
  return said.slice(0, most).map((line) => pen.paint(tone, line));
}

function body(model: DashboardModel, pen: Pen, room: number): readonly string[] {
  const { facts, ui, now } = model;
  const head = header(facts, now, pen);
  if (ui.page === 'help') return [...head, ...helpPage(facts, pen, room - head.length)];
  if (ui.page === 'events') return [...head, ...eventsPage(model, pen, room - head.length)];
  const wrong = troubles(facts, now, pen).slice(0, pen.rows < 16 ? 2 : 8);
  const above = [...head, ...wrong, historyRule(model, pen)];
  const shown = figures(facts, now, pen, room - above.length - leastLog);
  const left = room - above.length - shown.length;
  return [...above, ...shown, ...lists(model, pen, left)];
}

/** What parts state and figures, and says how far back the histories reach. */
function historyRule({ facts, ui }: DashboardModel, pen: Pen): string {
  const { samples, noSamples } = facts;
  if (samples === null) {
    return pen.rule(
      '',
      noSamples === null ? '' : pen.paint('dim', pen.cut(noSamples, pen.columns - 8)),
    );
  }
  const names = windows.map((window) => {
    const name = windowNames[window];
    return window === ui.window ? pen.paint('strong', `[${name}]`) : pen.paint('dim', name);
  });
  return pen.rule('', names.join('  '));
}

const windowNames = { '15m': '15 min', '6h': '6 h', '24h': '24 h' } as const;

/** Alerts where there are some, events where there is room, and the log. */
function lists({ facts, ui, now }: DashboardModel, pen: Pen, room: number): readonly string[] {
  const alerts = facts.alerts ?? [];
  const alertRoom = Math.min(alerts.length, Math.max(1, Math.floor((room - leastLog) / 3)));
  const raised = room > leastLog ? alertLines(alerts, alertRoom, now, pen) : [];
  const alertPart = raised.length === 0 || room < 8 ? raised : [pen.rule('Alerts'), ...raised];
  const left = room - alertPart.length;
  const eventRoom = left < 10 ? 0 : Math.floor(left / 4);
  const told = logLines(facts.events, eventRoom, now, pen);
  const eventPart = told.length === 0 ? [] : [pen.rule('Events'), ...told];
  const logRoom = left - eventPart.length - 1;
  if (logRoom < 1) return [...alertPart, ...eventPart];
  const level = ui.level === null ? '' : `: ${ui.level} and worse`;
  return [
    ...alertPart,
    ...eventPart,
    pen.rule(`Log${level}`),
    ...logLines(facts.log, logRoom, now, pen),
  ];
}

function eventsPage({ facts, now }: DashboardModel, pen: Pen, room: number): readonly string[] {
  const { alerts, events } = facts;
  const most = Math.max(1, Math.floor(room / 3));
  const raised = alertLines(alerts ?? [], most, now, pen);
  const none = alerts === null ? 'not known' : 'none';
  const above = [
    pen.rule('Alerts'),
    ...(raised.length === 0 ? [none] : raised),
    pen.rule('Events'),
  ];
  return [...above, ...logLines(events, room - above.length, now, pen)];
}
