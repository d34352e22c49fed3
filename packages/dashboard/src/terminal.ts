import { emitKeypressEvents } from 'node:readline';
import ansiEscapes from 'ansi-escapes';
import type { DashboardPorts, TerminalSignal } from './ports.ts';
import type { Key } from './ui.ts';
import { widthOf } from './view/pen.ts';

/** What the terminal tells. */
export interface TerminalEvents {
  onKey(key: Key): void;
  /** The screen has another size, or has to be drawn anew. */
  onResize(): void;
  /** The operator or the system wants the program to end, or the terminal is gone. */
  onEnd(): void;
}

/** A terminal whose whole screen is this program's, until it is closed. */
export interface Terminal {
  readonly size: { readonly columns: number; readonly rows: number };
  /** Shows these lines; only those that differ from the ones before are written. */
  draw(lines: readonly string[]): void;
  /** Has the next drawing write every line. */
  forget(): void;
  /** Gives the terminal back, stops the job as Ctrl-Z does, and takes the terminal again when the job goes on. */
  suspend(): void;
  /** Gives the terminal back as it was. */
  close(): void;
}

/** Milliseconds after which a job that could not be stopped, as there is no shell to continue it, goes on. */
const stopMs = 100;

/** Takes the terminal: its other screen, without cursor and echo. It is given back on every way out of the process. */
export function openTerminal(ports: DashboardPorts, events: TerminalEvents): Terminal {
  const { stdout } = ports;
  const mode = screenMode(ports);
  let shown: readonly string[] = [];
  let isClosed = false;
  const resized = () => {
    shown = [];
    events.onResize();
  };
  const takeAgain = () => {
    mode.take();
    resized();
  };
  const end = () => events.onEnd();
  let signals: readonly (() => void)[] = [];
  const suspend = () => {
    mode.giveBack();
    // The default action stops the job; with a listener nothing would.
    for (const off of signals) off();
    ports.stopJob();
    ports.after(stopMs, () => {
      if (isClosed) return;
      listen();
      takeAgain();
    });
  };
  const listen = () => {
    const ends: readonly TerminalSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    signals = [
      ...ends.map((signal) => ports.onSignal(signal, end)),
      ports.onSignal('SIGTSTP', suspend),
      ports.onSignal('SIGCONT', takeAgain),
    ];
  };

  const offStreams = hearStreams(ports, { onKey: (key) => events.onKey(key), resized, end });
  const offExit = ports.onExit(() => mode.giveBack());
  listen();
  mode.take();
  return {
    get size() {
      return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
    },
    draw(lines) {
      if (!mode.isOurs) return;
      const changed = changes(shown, lines, stdout.columns || 80);
      shown = lines;
      if (changed !== '') stdout.write(changed);
    },
    forget: () => void (shown = []),
    suspend,
    close() {
      isClosed = true;
      mode.giveBack();
      for (const off of [...signals, offExit, offStreams]) off();
    },
  };
}

/** The other screen of a terminal, without cursor and echo. */
function screenMode({ stdin, stdout }: DashboardPorts) {
  let isOurs = false;
  return {
    get isOurs() {
      return isOurs;
    },
    take() {
      // Whoever had the terminal meanwhile may have left it in another mode than this process believes.
      stdin.setRawMode?.(false);
      stdin.setRawMode?.(true);
      stdin.resume();
      stdout.write(ansiEscapes.enterAlternativeScreen + ansiEscapes.cursorHide);
      isOurs = true;
    },
    giveBack() {
      if (!isOurs) return;
      isOurs = false;
      stdout.write(ansiEscapes.cursorShow + ansiEscapes.exitAlternativeScreen);
      stdin.setRawMode?.(false);
      stdin.pause();
    },
  };
}

interface StreamListeners {
  readonly onKey: (key: Key) => void;
  readonly resized: () => void;
  readonly end: () => void;
}

/** Hears keys, sizes, and that the terminal is gone, until the returned function is called. */
function hearStreams(
  { stdin, stdout }: DashboardPorts,
  { onKey, resized, end }: StreamListeners,
): () => void {
  const keyPressed = (_text: string | undefined, key: Key) => onKey(key);
  emitKeypressEvents(stdin as unknown as NodeJS.ReadableStream);
  stdin.on('keypress', keyPressed);
  for (const gone of ['end', 'error'] as const) stdin.on(gone, end);
  stdout.on('resize', resized);
  stdout.on('error', end);
  return () => {
    stdin.off('keypress', keyPressed);
    for (const gone of ['end', 'error'] as const) stdin.off(gone, end);
    stdout.off('resize', resized);
    stdout.off('error', end);
  };
}

/** What makes of the lines that are shown the next ones; a screen of which nothing is known is cleared. */
function changes(shown: readonly string[], lines: readonly string[], columns: number): string {
  const isNew = shown.length !== lines.length;
  const parts = lines.map((line, row) => {
    if (!isNew && line === shown[row]) return '';
    // After the last column the cursor waits on it: what erases to the end of the line would take it away.
    const rest = widthOf(line) < columns ? ansiEscapes.eraseEndLine : '';
    return `${ansiEscapes.cursorTo(0, row)}${line}${rest}`;
  });
  const text = (isNew ? ansiEscapes.clearViewport : '') + parts.join('');
  return text === '' ? '' : ansiEscapes.synchronizedOutput(text);
}
