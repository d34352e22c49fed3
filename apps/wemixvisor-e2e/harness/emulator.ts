import { waitFor } from '@wemixvisor/testkit';
import xterm from '@xterm/headless';
import type { Invocation } from './installation.ts';

/** A size of a terminal. */
export interface Size {
  readonly cols: number;
  readonly rows: number;
}

/** A program on a terminal of its own, and what that shows. */
export interface Emulator {
  /** The rows as they are seen, without the spaces at their ends. */
  rows(): readonly string[];
  /** Waits until the screen shows this, and returns its rows. */
  shows(what: RegExp): Promise<readonly string[]>;
  press(keys: string): void;
  resize(size: Size): void;
  /** Whether the program has the other screen of the terminal. */
  isAlternate(): boolean;
  isCursorShown(): boolean;
  /** How many times the present screen has scrolled, and rows that go on in the next one: a program that draws has neither. */
  disorder(): { readonly scrolls: number; readonly wrapped: number };
  /** Resolves to the exit code, when all that was written is shown. */
  readonly ended: Promise<number>;
  kill(): void;
}

/** The library that opens terminals; undefined on a platform without a binary of it. */
const pty = await import('@lydell/node-pty').catch(() => {});

/** Whether a terminal can be opened here. */
export const hasTerminal = pty !== undefined;

/** Runs a program on a terminal. */
export function emulate({ file, args, env, cwd }: Invocation, size: Size): Emulator {
  if (pty === undefined) throw new Error('no terminal can be opened on this platform');
  const screen = new xterm.Terminal({ ...size, allowProposedApi: true });
  const program = pty.spawn(file, [...args], { name: 'xterm-256color', ...size, env, cwd });
  let scrolls = 0;
  let isCursorShown = true;
  screen.onScroll(() => (scrolls += 1));
  // A change to the other screen is told as a scroll.
  screen.buffer.onBufferChange(() => (scrolls = 0));
  for (const [final, isShown] of [['h', true] as const, ['l', false] as const]) {
    screen.parser.registerCsiHandler({ prefix: '?', final }, (modes) => {
      if (modes.includes(25)) isCursorShown = isShown;
      return false;
    });
  }
  program.onData((text) => screen.write(text));
  const ended = new Promise<number>((resolve) => {
    program.onExit(({ exitCode }) => screen.write('', () => resolve(exitCode)));
  });
  const lines = () => {
    const { active } = screen.buffer;
    return Array.from({ length: screen.rows }, (_, row) => active.getLine(active.baseY + row));
  };
  const rows = () => lines().map((line) => line?.translateToString(true) ?? '');
  return {
    rows,
    async shows(what) {
      try {
        const seen = () => (what.test(rows().join('\n')) ? rows() : null);
        return await waitFor(seen, { timeoutMs: 20_000, everyMs: 20, what: what.source });
      } catch (error) {
        throw new Error(`never seen: ${what.source}\nbut\n${rows().join('\n')}`, { cause: error });
      }
    },
    press: (keys) => program.write(keys),
    resize(next) {
      screen.resize(next.cols, next.rows);
      program.resize(next.cols, next.rows);
    },
    isAlternate: () => screen.buffer.active.type === 'alternate',
    isCursorShown: () => isCursorShown,
    disorder: () => ({ scrolls, wrapped: lines().filter((line) => line?.isWrapped).length }),
    ended,
    kill: () => program.kill('SIGKILL'),
  };
}
