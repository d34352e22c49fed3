import type { Level, Window } from './facts.ts';

/** What the operator looks at. */
type Page = 'node' | 'events' | 'help';

/** What is asked for only after a question. */
export type Action = 'restart' | 'stop';

/** What the operator has chosen to see. */
export interface Ui {
  readonly page: Page;
  readonly window: Window;
  /** The least severe level of the log that is shown; null shows all. */
  readonly level: Level | null;
  /** The question that is open, and when it was asked, in milliseconds. */
  readonly asking: { readonly action: Action; readonly at: number } | null;
}

/** A key as `node:readline` reads it. */
export interface Key {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly shift?: boolean | undefined;
}

/** What a key asks for beyond another view. */
export type Wish = Action | 'quit' | 'suspend' | 'redraw' | 'next home' | 'home before';

export const firstUi: Ui = { page: 'node', window: '15m', level: null, asking: null };

export const windows: readonly Window[] = ['15m', '6h', '24h'];
const levelSteps: readonly (Level | null)[] = [null, 'info', 'warn', 'error'];

/** Milliseconds in which no question is answered: a pasted text is no answer. */
const pauseMs = 300;

/** What a key does; `at` is when it was pressed, in milliseconds. */
export function pressed(
  ui: Ui,
  { name, sequence = '', ctrl = false, shift = false }: Key,
  at: number,
): { readonly ui: Ui; readonly wish?: Wish } {
  if (ctrl) return name === undefined ? { ui } : control(ui, name);
  if (ui.asking !== null) {
    const { action, at: asked } = ui.asking;
    const answered = { ...ui, asking: null };
    const isYes = sequence.toLowerCase() === 'y' && at - asked >= pauseMs;
    return isYes ? { ui: answered, wish: action } : { ui: answered };
  }
  if (name === 'tab') return { ui, wish: shift ? 'home before' : 'next home' };
  switch (sequence) {
    case 'q':
      return { ui, wish: 'quit' };
    case 'r':
      return { ui: { ...ui, page: 'node', asking: { action: 'restart', at } } };
    case 's':
      return { ui: { ...ui, page: 'node', asking: { action: 'stop', at } } };
    case 't':
      return { ui: { ...ui, window: following(windows, ui.window) } };
    case 'l':
      return { ui: { ...ui, level: following(levelSteps, ui.level) } };
    case 'e':
      return { ui: turned(ui, 'events') };
    case '?':
    case 'h':
      return { ui: turned(ui, 'help') };
    default:
      return { ui: name === 'escape' ? { ...ui, page: 'node' } : ui };
  }
}

function control(ui: Ui, name: string): { readonly ui: Ui; readonly wish?: Wish } {
  if (name === 'c') return { ui, wish: 'quit' };
  if (name === 'z') return { ui, wish: 'suspend' };
  return name === 'l' ? { ui, wish: 'redraw' } : { ui };
}

/** To a page, or back from it. */
const turned = (ui: Ui, page: Page): Ui => ({ ...ui, page: ui.page === page ? 'node' : page });

/** The step after a present one, and the first after the last. */
function following<T>(steps: readonly T[], now: T): T {
  // A step may be null.
  return [...steps.slice(steps.indexOf(now) + 1), ...steps][0] as T;
}
