import type { DashboardFacts, Level, Window } from './facts.ts';
import { systemPorts, type DashboardPorts } from './ports.ts';
import { openTerminal } from './terminal.ts';
import { firstUi, pressed, type Action, type Key, type Wish } from './ui.ts';
import { screenOf, type Notice } from './view/screen.ts';

/** Where a dashboard has its facts from, and what it can ask for. */
export interface DashboardSource {
  /** All that is known now. */
  facts(): DashboardFacts;
  /** Begins to read, or reads something else from now on; `changed` is called whenever there is something new to show. */
  show(
    wanted: { readonly window: Window; readonly level: Level | null },
    changed: () => void,
  ): void;
  /** Does what the operator has asked for twice; says meanwhile how far it is. Resolves to what came of it. */
  act(action: Action, say: (text: string) => void): Promise<Notice>;
  /** Reads no more until it is shown again: another home is. */
  rest?(): void;
  /** The source of the next home, or for -1 of the one before; each home has one, and itself where there is no other. */
  turn?(step: 1 | -1): DashboardSource;
}

/** How a dashboard is shown. */
interface DashboardOptions {
  readonly source: DashboardSource;
  /** @default false */
  readonly colour?: boolean;
  /** False for a terminal that shows ASCII alone. @default true */
  readonly unicode?: boolean;
}

/** Milliseconds in which what changes is drawn once: a log may grow by thousands of lines a second. */
const gatherMs = 200;

/**
 * Shows a dashboard on the whole terminal until the operator quits, the process is asked to end, or the terminal is gone.
 * The terminal is then as it was before, also after an error, with which this rejects.
 *
 * @example
 * const unknown = { problem: null, lastHealth: null, samples: null, noSamples: null, grace: null };
 * const none = { place: null, status: null, statusAt: null, alerts: null, events: [], log: [] };
 * const facts = { home: '/srv/geth', ...none, ...unknown };
 * const act = () => Promise.resolve({ isBad: true, text: 'nobody is there to do it' });
 * await runDashboard({ source: { facts: () => facts, show: () => {}, act } });
 */
export async function runDashboard(
  { source, colour = false, unicode = true }: DashboardOptions,
  ports: DashboardPorts = systemPorts(),
): Promise<void> {
  const { promise, resolve: quit, reject: fail } = ending();
  let ui = firstUi;
  let home = viewOf(source);
  const views = new Map([[source, home]]);
  const guarded = guardedBy(fail);

  const terminal = openTerminal(ports, {
    onKey: guarded((key: Key) => press(key)),
    onResize: guarded(() => draw()),
    onEnd: quit,
  });

  const painting = repeatedly(ports, guarded, () => {
    const { notice } = home;
    const model = { facts: home.source.facts(), ui, notice, now: ports.now() };
    terminal.draw(screenOf(model, { ...terminal.size, colour, unicode }));
  });
  const { draw, changed } = painting;

  function press(key: Key) {
    if (!home.isActing) home.notice = null;
    const before = ui;
    const { ui: next, wish } = pressed(ui, key, ports.now());
    ui = home.isActing && next.asking !== null ? { ...next, asking: null } : next;
    if (ui.window !== before.window || ui.level !== before.level) home.source.show(ui, changed);
    if (wish !== undefined) fulfil(wish);
    draw();
  }
  function fulfil(wish: Wish) {
    if (wish === 'quit') quit();
    else if (wish === 'suspend') terminal.suspend();
    else if (wish === 'redraw') terminal.forget();
    else if (wish === 'next home') turn(1);
    else if (wish === 'home before') turn(-1);
    else void act(wish, home, changed);
  }
  function turn(step: 1 | -1) {
    const next = home.source.turn?.(step) ?? home.source;
    if (next === home.source) {
      if (!home.isActing) home.notice = { isBad: false, text: 'there is no other home' };
      return;
    }
    home.source.rest?.();
    home = views.get(next) ?? viewOf(next);
    views.set(next, home);
    next.show(ui, changed);
  }
  try {
    source.show(ui, changed);
    draw();
    await promise;
  } finally {
    painting.end();
    terminal.close();
  }
}

/** A home, and what was last done to it: it is said where it was asked for, whichever home is shown meanwhile. */
interface HomeView {
  readonly source: DashboardSource;
  notice: Notice | null;
  isActing: boolean;
}

const viewOf = (source: DashboardSource): HomeView => ({ source, notice: null, isActing: false });

/** Does to a home what was asked for, and notes how far it is. */
async function act(action: Action, home: HomeView, changed: () => void): Promise<void> {
  home.isActing = true;
  const say = (text: string) => {
    home.notice = { isBad: false, text };
    changed();
  };
  say(action === 'stop' ? 'stopping the node…' : 'restarting the node…');
  try {
    home.notice = await home.source.act(action, say);
  } catch (error) {
    home.notice = { isBad: true, text: error instanceof Error ? error.message : String(error) };
  }
  home.isActing = false;
  changed();
}

/** Promise.withResolvers() of Node.js 22. */
function ending() {
  let resolve: () => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}

type Guarded = <T extends readonly unknown[]>(
  callback: (...values: T) => void,
) => (...values: T) => void;

/** An error of a callback must not end the process before the terminal is given back. */
function guardedBy(fail: (error: unknown) => void): Guarded {
  return (callback) =>
    (...values) => {
      try {
        callback(...values);
      } catch (error) {
        fail(error);
      }
    };
}

/** Paints when it is asked to, soon after something has changed, and with each second: ages grow. */
function repeatedly(
  ports: Pick<DashboardPorts, 'now' | 'after'>,
  guarded: Guarded,
  paint: () => void,
) {
  let drop = () => {};
  let isDue = false;
  function draw() {
    paint();
    drawIn(1000 - (ports.now() % 1000));
    isDue = false;
  }
  function drawIn(ms: number) {
    drop();
    drop = ports.after(ms, guarded(draw));
  }
  function changed() {
    if (isDue) return;
    isDue = true;
    drawIn(gatherMs);
  }
  return { draw, changed, end: () => drop() };
}
